"""What a consultation reminds of: replies that are still awaited. Of sessions that are near the exchange tells."""

from collections.abc import Iterable
from datetime import datetime

from chassis.kernel.zones import zone_named
from services.notify.domain.lines import Facts, Line
from services.notify.domain.reminders.rows import Aim, Row
from services.notify.domain.telling_consultations import PARTICIPANT

FOLLOWED = tuple(
    f"exchange.consultation.{what}.v1"
    for what in (
        "proposed",
        "waits",
        "waiting-ended",
        "replied",
        "counter-declined",
        "booked",
        "rescheduled",
        "participants-changed",
        "cancelled",
        "session-cancelled",
        "session-held",
        "session-missed",
        "fulfilled",
        "session-soon",
        "closing-overdue",
        "action-overdue",
        "action-done",
        "entered-in-error",
    )
)
"""Every event with a consultation's full state."""


def _unanswered(facts: Facts) -> Iterable[str]:
    return (each["person"] for each in facts["participants"] if each["status"] == "needs-action")


def _reply(facts: Facts) -> Aim | None:
    if facts["state"] not in ("proposed", "pending"):
        return None
    until = datetime.fromisoformat(facts["reply_by"])
    zones = tuple(site["zone"] for site in facts["sites"])
    day = min(until.astimezone(zone_named(zone)).date() for zone in zones)
    return Aim(f"reply {facts['reply_by']}", day, zones, until)


_LINE = Line("consultation-reply-awaited", PARTICIPANT, _unanswered)

ROWS = (Row("consultation-reply", (2, 1), _LINE, _reply, hours=(3,)),)
"""An urgent one is often proposed the day before: three hours are what is left to remind in."""
