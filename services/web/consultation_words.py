"""The words of consultations, as in `words`."""

from typing import Any

from flask_babel import lazy_gettext as _l

CONSULTATION_WORDS: dict[str, dict[str, Any]] = {
    "meeting": {
        "waitlist": _l("On the waiting list"),
        "proposed": _l("Proposed"),
        "pending": _l("Awaiting replies"),
        "booked": _l("Booked"),
        "arrived": _l("In session"),
        "fulfilled": _l("Held"),
        "cancelled": _l("Cancelled"),
        "noshow": _l("Nobody came"),
        "entered-in-error": _l("Entered in error"),
        "planned": _l("To come"),
    },
    "consulting-role": {
        "chair": _l("Chair"),
        "presenter": _l("Presenter"),
        "specialist": _l("Specialist"),
        "interpreter": _l("Interpreter"),
    },
    "urgency": {
        "routine": _l("Routine"),
        "urgent": _l("Urgent"),
        "emergency": _l("Emergency"),
    },
    "task": {
        "open": _l("Open"),
        "done": _l("Done"),
        "dropped": _l("Dropped"),
    },
    "time-rule": {
        "past": _l("Has gone by"),
        "agreement": _l("Outside the agreement"),
        "lead": _l("Short notice"),
        "busy": _l("In another consultation"),
        "room": _l("Room taken"),
        "room-size": _l("Room too small"),
        "interpreter": _l("No interpreter free"),
        "night": _l("Night"),
        "holiday": _l("Holiday"),
        "weekend": _l("Day off"),
        "hours": _l("Outside working hours"),
        "provisional-holiday": _l("Possibly a holiday"),
        "visit": _l("On a staff visit"),
    },
    "identity": {
        "china-resident-identity": _l("Chinese resident identity number"),
        "pakistan-cnic": _l("Pakistani CNIC"),
    },
}
"""`meeting`: states of a consultation and of its sessions; `time-rule`: what speaks against a time."""
