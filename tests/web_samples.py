"""What the services answer to web, in the shapes of their RPC methods: the founding memorandum and a year of its life.

Names come from `samples/memorandum.json`; ids, quotas used and dates are made up.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

View = dict[str, Any]

MEMORANDUM = json.loads((Path(__file__).parents[1] / "samples" / "memorandum.json").read_text())
NOW = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
AGREEMENT, DRAFT = "agr_memorandum", "agr_draft"
PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED, CANCELLED = (
    f"vis_{state}" for state in ("proposed", "pending", "booked", "arrived", "fulfilled", "cancelled")
)
EXPECTED, REPORTED, LAST_GATE, ADOPTED = "out_expected", "out_reported", "out_lastgate", "out_adopted"


def site(key: str) -> View:
    known = MEMORANDUM["sites"][key]
    return {"id": f"sit_{key}", "names": known["names"], "zone": known["zone"]}


def department(key: str, number: int) -> View:
    known = MEMORANDUM["sites"][key]["departments"][number]
    return {"id": f"dep_{key}-{number}", "names": known["names"]}


def name(key: str) -> str:
    return str(MEMORANDUM["people"][key]["passport_name"])


def line(at: str, by: str | None, what: str, version: int, why: str = "") -> View:
    person = f"per_{by}" if by else None
    return {"at": at, "by": person, "by_name": name(by) if by else None, "what": what, "why": why, "version": version}


def reply(status: str = "needs-action", by: str | None = None, at: str | None = None, reason: str = "") -> View:
    return {
        "status": status,
        "by": f"per_{by}" if by else None,
        "for": None,
        "at": at,
        "reason": reason,
        "arrival": None,
        "departure": None,
    }


def visit(identity: str, state: str, purpose: str, **changes: Any) -> View:
    """One visit as `exchange.visit` answers it; `changes` replace fields."""
    view = {
        "id": identity,
        "version": 1,
        "state": state,
        "agreement": {"id": AGREEMENT, "names": MEMORANDUM["agreement"]["names"]},
        "condition": "cnd_0",
        "kind": "training",
        "field": "liver echinococcosis",
        "purpose": purpose,
        "sending_site": site("gilgit"),
        "host_site": site("kashgar"),
        "host_department": department("kashgar", 0),
        "proposer": "per_ali",
        "leader": "per_bano",
        "visitors": [visitor("bano"), visitor("karim")],
        "planned_arrival": "2026-12-07",
        "planned_departure": "2026-12-18",
        "actual_arrival": None,
        "actual_departure": None,
        "reply_by": "2026-12-04T09:00:00+00:00",
        "uncovered": None,
        "report": "",
        "flags": [],
        "extension": None,
        "notes": [],
        "deputies": [],
        "replies": {"host-department": reply()},
        "warnings": [],
        "history": [line("2026-11-20T08:12:00+00:00", "ali", "proposed", 1)],
        "may": [],
    }
    return view | changes


def visitor(key: str, seat: int | None = None) -> View:
    known = MEMORANDUM["people"][key]
    return {
        "person": f"per_{key}",
        "passport_name": known["passport_name"],
        "local_name": known["local_name"],
        "seat": seat,
        "arrived_on": None,
        "departed_on": None,
        "standing": "awaited",
    }


ACCEPTED = reply(
    "accepted", "zhang", "2026-11-21T02:40:00+00:00", "Two places on the ward; the ultrasound room is ours on mornings."
)


def visits() -> dict[str, View]:
    """Visits in every state, by id, as somebody of the host sees them."""
    proposed_line = line("2026-11-20T08:12:00+00:00", "ali", "proposed", 1)
    booked_line = line("2026-11-21T02:40:00+00:00", "zhang", "accepted by host-department", 2, ACCEPTED["reason"])
    seated = [visitor("bano", 1), visitor("karim", 3)]
    made = [
        visit(
            PROPOSED,
            "proposed",
            "Ultrasound staging and laparoscopic treatment of cystic liver echinococcosis",
            may=["reply_to_visit:host-department", "cancel_visit"],
        ),
        visit(
            PENDING,
            "pending",
            "Joint reading of hepatic MRI series",
            kind="research",
            field="medical imaging",
            host_department=department("kashgar", 1),
            leader="per_karim",
            visitors=[visitor("karim", 1)],
            planned_arrival="2027-01-11",
            planned_departure="2027-02-05",
            version=2,
            replies={
                "sending-site": reply("accepted", "hussain", "2026-11-19T06:05:00+00:00"),
                "host-department": reply(
                    "tentative",
                    "gulnar",
                    "2026-11-22T07:30:00+00:00",
                    "After the Spring Festival would suit the department better.",
                ),
            },
            history=[
                line("2026-11-18T05:00:00+00:00", "ali", "proposed", 1),
                line("2026-11-19T06:05:00+00:00", "hussain", "accepted by sending-site", 2),
            ],
            may=["reply_to_visit:host-department", "cancel_visit"],
        ),
        visit(
            BOOKED,
            "booked",
            "Operating list for cystic echinococcosis, with follow-up clinic",
            kind="clinical-work",
            version=3,
            sending_site=site("kashgar"),
            host_site=site("gilgit"),
            host_department=department("gilgit", 0),
            visitors=[visitor("zhang", 1)],
            leader="per_zhang",
            planned_arrival="2026-11-23",
            planned_departure="2026-12-02",
            replies={
                "sending-site": ACCEPTED,
                "host-department": reply("accepted", "hussain", "2026-11-21T05:00:00+00:00"),
            },
            history=[
                proposed_line,
                booked_line,
                line("2026-11-21T05:00:00+00:00", "hussain", "accepted by host-department", 3),
            ],
            may=["cancel_visit", "record_arrival"],
        ),
        visit(
            ARRIVED,
            "arrived",
            "Infection control rounds and laboratory practice",
            version=3,
            visitors=seated,
            field="infectious disease control",
            planned_arrival="2026-11-09",
            planned_departure="2026-11-27",
            actual_arrival="2026-11-09",
            replies={"host-department": ACCEPTED},
            history=[proposed_line, booked_line, line("2026-11-09T03:20:00+00:00", "zhang", "arrived", 3)],
            may=["fulfil_visit"],
        ),
        visit(
            FULFILLED,
            "fulfilled",
            "Ultrasound training for liver echinococcosis",
            version=4,
            visitors=seated,
            planned_arrival="2026-06-01",
            planned_departure="2026-06-14",
            actual_arrival="2026-06-01",
            actual_departure="2026-06-13",
            report="Both surgeons followed the ward and nine operations; a screening protocol is being written.",
            replies={"host-department": ACCEPTED},
            history=[
                proposed_line,
                booked_line,
                line("2026-06-01T02:00:00+00:00", "zhang", "arrived", 3),
                line("2026-06-13T09:30:00+00:00", "zhang", "fulfilled", 4),
            ],
        ),
        visit(
            CANCELLED,
            "cancelled",
            "Telemedicine set-up for the winter months",
            version=2,
            field="telemedicine",
            planned_arrival="2026-02-02",
            planned_departure="2026-02-13",
            history=[
                proposed_line,
                line("2026-01-20T11:00:00+00:00", None, "lapsed", 2, "not answered by 2026-01-20T11:00:00+00:00"),
            ],
        ),
    ]
    return {view["id"]: view for view in made}


LINE = (
    "id",
    "version",
    "state",
    "purpose",
    "kind",
    "field",
    "sending_site",
    "host_site",
    "host_department",
    "planned_arrival",
    "planned_departure",
    "reply_by",
    "uncovered",
)


def visit_line(view: View) -> View:
    """What `exchange.visits` shows of a visit."""
    return {key: view[key] for key in LINE} | {"leader_name": name(view["leader"].removeprefix("per_"))}


def sites() -> View:
    return {
        "items": [
            {
                **site(key),
                "version": 1,
                "country": known["country"],
                "coordinators": [f"per_{person}" for person in known["coordinators"]],
                "managers": [f"per_{person}" for person in known["managers"]],
                "languages": [],
                "departments": [
                    department(key, number) | {"seats": each["seats"], "fields": [], "closed": []}
                    for number, each in enumerate(known["departments"])
                ],
                "rooms": [{"id": "rom_1", "names": {"en": "Telemedicine room"}, "places": 12}]
                if key == "gilgit"
                else [],
            }
            for key, known in MEMORANDUM["sites"].items()
        ]
    }


def people() -> View:
    taken = ("passport_name", "local_name", "language", "zone", "email")
    return {
        "items": [
            {
                "id": f"per_{key}",
                "version": 1,
                **{each: known[each] for each in taken},
                "sites": [f"sit_{known['site']}"],
                "fields": known.get("fields", []),
                "languages": known.get("languages", []),
                "home_department": None,
            }
            for key, known in MEMORANDUM["people"].items()
        ]
    }
