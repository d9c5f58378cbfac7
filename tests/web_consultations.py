"""Consultations in the shapes of the exchange's RPC methods, as the coordinator of Kashgar sees them at `NOW`."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.web_samples import AGREEMENT, MEMORANDUM, View, line, name, site

WAITING, ASKED, BEGUN, ROUND, OVER, OFF = (
    f"con_{state}" for state in ("waiting", "asked", "begun", "round", "over", "off")
)
CASE, OTHER_CASE, TASK = "cas_1", "cas_2", "act_1"
SITES = ("gilgit", "kashgar", "commission")
ROOM = {"id": "rom_1", "names": {"en": "Telemedicine room", "zh": "远程会诊室", "ur": "ٹیلی میڈیسن کا کمرہ"}}


def local(begins: str, minutes: int) -> list[View]:
    """The session by each site's clock."""
    moment = datetime.fromisoformat(begins)
    return [
        {
            "site": f"sit_{key}",
            "zone": MEMORANDUM["sites"][key]["zone"],
            **{
                each: (moment + timedelta(minutes=after))
                .astimezone(ZoneInfo(MEMORANDUM["sites"][key]["zone"]))
                .isoformat()
                for each, after in (("begins", 0), ("ends", minutes))
            },
        }
        for key in SITES
    ]


def session(begins: str, minutes: int = 60, **changes: Any) -> View:
    ends = datetime.fromisoformat(begins) + timedelta(minutes=minutes)
    view: View = {
        "slot": begins,
        "begins": begins,
        "ends": ends.isoformat(),
        "state": "planned",
        "link": "https://meet.gilgit.example/liver",
        "local": local(begins, minutes),
        "comes": ["per_chen", "per_bano", "per_maryam", "per_li"],
        "lacks": [],
        "answers": {},
        "attended": None,
        "reason": "",
    }
    return view | changes


def answer(status: str = "needs-action", by: str | None = None, at: str | None = None, **changes: Any) -> View:
    given = {"status": status, "by": f"per_{by}" if by else None, "at": at, "reason": "", "deputy": None}
    return given | {"asks_for": None, "asks_for_minutes": None} | changes


def participant(key: str, role: str, at: str, said: View | None = None, **changes: Any) -> View:
    view = {
        "person": f"per_{key}",
        "name": name(key),
        "role": role,
        "site": f"sit_{at}",
        "required": True,
        "languages": [],
        "deputies": [],
        **(said or answer()),
    }
    return view | changes


def everybody(chair: View | None = None, interpreter: View | None = None) -> list[View]:
    said = answer("accepted", "bano", "2026-11-21T05:30:00+00:00")
    deputy = {"person": "per_karim", "name": name("karim")}
    return [
        participant("chen", "chair", "kashgar", chair),
        participant("bano", "presenter", "gilgit", said, deputies=[deputy]),
        participant("maryam", "interpreter", "kashgar", interpreter, languages=["ur", "zh"]),
        participant("li", "specialist", "commission", required=False),
    ]


def case(identity: str, reference: str, question: str, slot: str, **changes: Any) -> View:
    view = {
        "id": identity,
        "reference": reference,
        "question": question,
        "urgency": "urgent",
        "presenter": "per_bano",
        "slot": slot,
        "consent": {"by": "per_ali", "at": "2026-11-20T08:12:00+00:00"},
        "opinion": None,
        "withdrawn": False,
    }
    return view | changes


def action(identity: str, what: str, owner: str, due_on: str, slot: str, **changes: Any) -> View:
    view = {
        "id": identity,
        "what": what,
        "owner": f"per_{owner}",
        "owner_name": name(owner),
        "due_on": due_on,
        "slot": slot,
        "case": CASE,
        "state": "open",
        "done_on": None,
        "note": "",
        "chased": 0,
    }
    return view | changes


TO_COME, NOW_ON, GONE = "2026-11-25T06:00:00+00:00", "2026-11-23T04:15:00+00:00", "2026-11-10T06:00:00+00:00"
CYST = "Cyst of the right lobe, 9 cm: which stage is it, and is surgery needed?"


def consultation(identity: str, state: str, title: str, begins: str = TO_COME, **changes: Any) -> View:
    """One as `exchange.consultation` answers it; `changes` replace fields."""
    view = {
        "id": identity,
        "version": 1,
        "agreement": {"id": AGREEMENT, "names": MEMORANDUM["agreement"]["names"]},
        "state": state,
        "condition": "cnd_3",
        "field": "telemedicine",
        "title": title,
        "organiser": "per_ali",
        "organiser_name": name("ali"),
        "zone": "Asia/Karachi",
        "recurrence": "",
        "urgent": False,
        "waiver": None,
        "reply_by": "2026-11-24T09:00:00+00:00",
        "announcement": 0,
        "answerable_from": 0,
        "sites": [site(key) for key in SITES],
        "participants": everybody(),
        "earlier": {"people": [], "sites": []},
        "sessions": [session(begins)],
        "rooms": {"sit_gilgit": ROOM},
        "cases": [case(CASE, "GLT-2026-014", CYST, begins)],
        "actions": [],
        "finding": None,
        "notes": [],
        "warnings": [],
        "history": [line("2026-11-20T08:12:00+00:00", "ali", "proposed", 1)],
        "may": [],
    }
    return view | changes


HOURS = {
    "site": "sit_commission",
    "zone": "Asia/Shanghai",
    "local_begins": "2026-11-25T14:00:00+08:00",
    "local_ends": "2026-11-25T15:00:00+08:00",
    "minutes": 30,
    "people": ["per_li"],
}
ACCEPTED = answer("accepted", "chen", "2026-11-21T02:40:00+00:00")
OTHER_TIME = answer(
    "tentative",
    "maryam",
    "2026-11-22T02:00:00+00:00",
    reason="I interpret on the ward until then.",
    asks_for="2026-11-25T07:30:00+00:00",
)


def consultations() -> dict[str, View]:
    """Consultations at every stage, by id."""
    return {view["id"]: view for view in (_asked(), _begun(), _round(), _over(), *_others())}


def _asked() -> View:
    return consultation(
        ASKED,
        "pending",
        "Cyst of the right lobe",
        version=4,
        urgent=True,
        waiver={"rules": ["lead"], "reason": "The cyst may rupture.", "by": "per_ali"},
        participants=everybody(interpreter=OTHER_TIME),
        warnings=[{"rule": "hours", "facts": HOURS}],
        history=[
            line("2026-11-20T08:12:00+00:00", "ali", "proposed", 1),
            line("2026-11-21T05:30:00+00:00", "bano", "accepted by per_bano", 2),
            line("2026-11-22T02:00:00+00:00", "maryam", "tentative by per_maryam", 3, OTHER_TIME["reason"]),
            line("2026-11-22T03:00:00+00:00", None, "reminded", 4),
        ],
        may=[
            "reply_to_consultation:per_chen",
            "reply_to_consultation:per_maryam",
            "accept_counter_time:per_maryam",
            "decline_counter_time:per_maryam",
            "reschedule_consultation",
            "move_session",
            "change_participants",
            "cancel_session",
            "cancel_consultation",
            "add_consultation_note",
            "bring_case",
            "mark_consultation_entered_in_error",
            f"withdraw_case:{CASE}",
        ],
    )


def _begun() -> View:
    second = case(OTHER_CASE, "KSH-31", "Is the shadow in segment 7 a second cyst?", NOW_ON, urgency="routine")
    return consultation(
        BEGUN,
        "booked",
        "Two cysts, one operating list",
        NOW_ON,
        version=5,
        participants=everybody(ACCEPTED, answer("accepted", "maryam", "2026-11-21T03:00:00+00:00")),
        cases=[case(CASE, "GLT-2026-014", CYST, NOW_ON), second],
        notes=[
            {
                "by": "per_ali",
                "by_name": name("ali"),
                "at": "2026-11-22T09:00:00+00:00",
                "text": "The images are on the shared server.",
            }
        ],
        may=[
            "record_attendance",
            "close_session",
            "mark_session_missed",
            "add_consultation_note",
            "bring_case",
            f"withdraw_case:{CASE}",
            f"withdraw_case:{OTHER_CASE}",
        ],
    )


def _round() -> View:
    slots = [f"2026-12-{day:02d}T06:00:00+00:00" for day in (1, 8, 15)]
    moved = session(slots[1]) | {"begins": "2026-12-08T07:00:00+00:00", "ends": "2026-12-08T08:00:00+00:00"}
    return consultation(
        ROUND,
        "booked",
        "Imaging round",
        slots[0],
        version=3,
        field="medical imaging",
        recurrence="FREQ=WEEKLY;COUNT=3",
        participants=everybody(ACCEPTED, ACCEPTED),
        sessions=[
            session(slots[0]),
            moved | {"local": local(moved["begins"], 60), "answers": {"per_chen": answer("declined", "chen")}},
            session(slots[2], state="cancelled", reason="The scanner is serviced.", comes=[], link=""),
        ],
        cases=[],
        rooms={},
        history=[
            line("2026-11-20T08:12:00+00:00", "ali", "proposed", 1),
            line("2026-11-21T08:12:00+00:00", "ali", f"session of {slots[1]} moved to {moved['begins']}", 2),
            line("2026-11-22T08:12:00+00:00", "ali", f"session of {slots[2]} cancelled", 3, "The scanner is serviced."),
        ],
        may=["reply_to_consultation:per_chen", "move_session", "cancel_session", "cancel_consultation"],
    )


def _over() -> View:
    opinion = {
        "text": "CE2: albendazole first, then surgery in six weeks.",
        "by": "per_chen",
        "at": "2026-11-10T07:05:00+00:00",
    }
    there = ["per_chen", "per_karim", "per_maryam"]
    instead = answer("accepted", "karim", "2026-11-08T05:30:00+00:00", deputy="per_karim")
    taking_part = everybody(ACCEPTED, ACCEPTED)
    taking_part[1] |= instead
    return consultation(
        OVER,
        "fulfilled",
        "Staging of a cyst before the winter",
        GONE,
        version=9,
        participants=taking_part,
        sessions=[session(GONE, state="fulfilled", attended=there, comes=there)],
        cases=[case(CASE, "GLT-2026-009", CYST, GONE, opinion=opinion)],
        actions=[
            action(TASK, "Send the CT of the follow-up", "karim", "2026-11-20", GONE, chased=1),
            action("act_2", "Reserve a bed", "chen", "2026-11-20", GONE, state="done", done_on="2026-11-18"),
        ],
        finding={
            "summary": "Both hospitals stage such cysts differently.",
            "outcome_type": "influence-on-policy-or-practice",
            "due_days": 90,
        },
        history=[
            line("2026-11-03T08:12:00+00:00", "ali", "proposed", 1),
            line("2026-11-08T05:30:00+00:00", "karim", "accepted by per_karim", 2),
            line("2026-11-10T06:05:00+00:00", "chen", f"attendance of the session of {GONE} recorded", 3),
            line("2026-11-10T07:05:00+00:00", "chen", f"session of {GONE} closed", 4),
            line("2026-11-18T07:05:00+00:00", "chen", "action 'Reserve a bed' done", 8),
            line("2026-11-21T00:00:00+00:00", None, "actions chased", 9),
        ],
        may=[f"complete_action:{TASK}", f"drop_action:{TASK}", "add_consultation_note"],
    )


def _others() -> tuple[View, View]:
    waiting = consultation(WAITING, "waitlist", "A second opinion on a liver transplant", may=["cancel_consultation"])
    off = consultation(
        OFF,
        "cancelled",
        "Tuberculosis of the spine",
        GONE,
        sessions=[session(GONE, state="cancelled", reason="not settled by 2026-11-10T06:00:00+00:00", comes=[])],
        history=[
            line("2026-11-03T08:12:00+00:00", "ali", "proposed", 1),
            line("2026-11-10T06:00:00+00:00", None, "lapsed", 2, "not settled by 2026-11-10T06:00:00+00:00"),
        ],
    )
    return waiting, off


LINE = ("id", "version", "state", "title", "field", "urgent", "sites", "reply_by")


def consultation_line(view: View) -> View:
    """What `exchange.consultations` shows of a consultation."""
    planned = [each for each in view["sessions"] if each["state"] == "planned"]
    shown = (planned or view["sessions"][-1:])[0]
    kept = {key: shown[key] for key in ("slot", "begins", "ends", "state", "local")}
    return {key: view[key] for key in LINE} | {"session": kept, "sessions_to_come": len(planned)}


def time(begins: str, **changes: Any) -> View:
    """One time as `exchange.find_a_time` answers it."""
    shown = session(begins)
    ends = [
        each | {"unsocial_minutes": 0, "days_off": [], "people": ["per_chen"], "visitors": []}
        for each in shown["local"]
    ]
    view = {
        "begins": shown["begins"],
        "ends": shown["ends"],
        "local": ends,
        "required": {"can": 3, "of": 3},
        "optional": {"can": 1, "of": 1},
        "comes": [
            {"person": "per_chen", "role": "chair", "site": "sit_kashgar", "deputy": None},
            {"person": "per_bano", "role": "presenter", "site": "sit_gilgit", "deputy": "per_karim"},
        ],
        "misses": [],
        "interpreters": [{"languages": ["ur", "zh"], "person": "per_maryam", "site": "sit_kashgar"}],
        "score": {"required": 6, "optional": 2, "unsocial": 0},
        "warnings": [],
    }
    return view | changes


TIMES: View = {
    "starts": 224,
    "possible": 12,
    "slots": [
        time("2026-11-26T06:00:00+00:00"),
        time(
            "2026-11-26T03:30:00+00:00",
            optional={"can": 0, "of": 1},
            misses=[{"person": "per_li", "rules": ["busy"]}],
            warnings=[{"rule": "hours", "facts": HOURS}],
        ),
    ],
    "none_because": None,
}
NO_TIMES: View = {
    "starts": 97,
    "possible": 0,
    "slots": [],
    "none_because": {
        "rules": {"lead": 8},
        "participants": [
            {
                "person": "per_chen",
                "excluded": 97,
                "rules": {"busy": 60, "holiday:sit_kashgar": 37},
                "deputies": [{"person": "per_karim", "excluded": 97, "rules": {"busy": 97}}],
            }
        ],
        "rooms": [{"site": "sit_gilgit", "room": "rom_1", "excluded": 40, "rules": {"room": 40}}],
        "interpreters": [{"languages": ["ur", "zh"], "excluded": 20}],
        "smallest_relaxations": [
            {
                "changes": [
                    {"change": "urgent"},
                    {"change": "waive", "rule": "holiday", "site_id": "sit_kashgar"},
                ],
                "cost": 7,
                "needs_reason": True,
                "slot": time("2026-11-26T06:00:00+00:00"),
            },
            {
                "changes": [{"change": "optional", "person_id": "per_chen"}],
                "cost": 4,
                "needs_reason": False,
                "slot": time("2026-11-27T06:00:00+00:00"),
            },
        ],
    },
}
