"""Sites and departments as their people keep them: who may, what is refused, and what is then shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chassis.commands import Command, parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion
from services.exchange.application import commands, queries
from services.exchange.domain.directory_refusals import (
    AlreadyClosed,
    ClosureTooLarge,
    NoSuchClosure,
    SeatsHeld,
)
from services.exchange.domain.refusals import (
    DateInThePast,
    DatesReversed,
    DepartmentClosed,
    HostFull,
    NoSuchDepartment,
    UnknownZone,
)
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

WHOLE: dict[str, Any] = {
    "names": {"en": "Kashgar First"},
    "country": "CN",
    "zone": "Asia/Shanghai",
    "languages": ["ug", "zh"],
}
SEASON = {"name": "the year", "first": "01-01", "last": "12-31", "weekdays": {"1": [["10:00", "14:00"]]}}
FACTSHEET = {"visa": {"en": "F visa"}, "housing": {"en": "Guest house"}, "insurance": {}, "lead_days": 45}
CLOSED: dict[str, Any] = {"first": "2026-04-06", "last": "2026-04-10", "reason": "Painting"}
CHANGES: dict[str, dict[str, Any]] = {
    "change_site": WHOLE,
    "set_hours": {"seasons": [SEASON]},
    "set_factsheet": {"factsheet": FACTSHEET},
    "add_holiday": {"holiday": {"day": "2026-06-07", "name": "Make-up", "works": True}},
    "add_department": {"department": {"names": {"en": "Imaging"}, "seats": 2, "fields": ["medical imaging"]}},
    "change_department": {"department": {"names": {"en": "Surgery"}, "seats": 5, "fields": ["echinococcosis"]}},
    "close_department": CLOSED,
    "add_room": {"room": {"names": {"en": "Tele-room"}, "places": 6}},
}


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def version(alliance: AllianceInMemory) -> int:
    return alliance.memory.fake_sites.load(alliance.host).version


def change(alliance: AllianceInMemory, intent: str, actor: Actor = ADMIN, **fields: Any) -> Receipt:
    """Gives the command about the host, on its version as it stands."""
    kind: type[Command] = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
    about = {"site_id": alliance.host, "expected_version": version(alliance)}
    if "department_id" in kind.model_fields:
        about["department_id"] = alliance.department
    given = parsed(kind, {**about, **fields})
    seen = fields.get("expected_version", version(alliance))
    receipt: Receipt = getattr(alliance.exchange, intent)(given, alliance.context(actor, seen))
    return receipt


def shown(alliance: AllianceInMemory, **fields: Any) -> dict[str, Any]:
    return alliance.exchange.site(parsed(queries.AskSite, {"site_id": alliance.host, **fields}), ADMIN)


def department(alliance: AllianceInMemory, actor: Actor = ADMIN) -> dict[str, Any]:
    asked = {"site_id": alliance.host, "department_id": alliance.department}
    return alliance.exchange.department(parsed(queries.AskDepartment, asked), actor)


@pytest.mark.parametrize("intent", CHANGES)
def test_each_change_is_one_version_with_one_line_of_history_by_whoever_made_it(
    alliance: AllianceInMemory, intent: str
) -> None:
    assert change(alliance, intent, **CHANGES[intent]).version == 2
    line = shown(alliance)["history"][-1]
    assert (line["by"], line["version"]) == ("per_administrator", 2)


@pytest.mark.parametrize("intent", CHANGES)
def test_a_change_on_a_version_that_is_not_the_last_is_refused(alliance: AllianceInMemory, intent: str) -> None:
    change(alliance, "add_holiday", holiday={"day": "2026-07-07", "name": "Other"})
    with pytest.raises(StaleVersion):
        change(alliance, intent, expected_version=1, **CHANGES[intent])


@pytest.mark.parametrize("intent", [intent for intent in CHANGES if intent != "change_site"])
def test_the_sites_own_people_keep_it_and_those_of_others_do_not(alliance: AllianceInMemory, intent: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        change(alliance, intent, alliance.manager, **CHANGES[intent])
    assert refused.value.facts["action"] == intent
    assert version(alliance) == 1
    assert change(alliance, intent, alliance.coordinator, **CHANGES[intent]).version == 2


def test_zone_and_coordinators_are_for_administrators_alone(alliance: AllianceInMemory) -> None:
    with pytest.raises(NotAllowed):
        change(alliance, "change_site", alliance.host_manager, **WHOLE)
    with pytest.raises(UnknownZone):
        change(alliance, "change_site", **{**WHOLE, "zone": "Asia/Hotan"})
    change(alliance, "change_site", **WHOLE)
    assert shown(alliance).items() >= {**WHOLE, "coordinators": [], "managers": []}.items()
    assert shown(alliance)["departments"][0]["id"] == alliance.department


@pytest.mark.parametrize("role", ["coordinators", "managers"])
def test_who_acts_for_a_site_is_said_by_ids_of_people_and_twenty_at_most(alliance: AllianceInMemory, role: str) -> None:
    change(alliance, "change_site", **{**WHOLE, role: ["per_zhang", "per_gulnar"]})
    assert shown(alliance)[role] == ["per_zhang", "per_gulnar"]
    for wrong in (["Gulnar"], ["sit_kashgar"], [f"per_{number}" for number in range(21)]):
        with pytest.raises(InvalidCommand):
            change(alliance, "change_site", **{**WHOLE, role: wrong})


def test_hours_holidays_and_factsheet_are_shown_as_they_were_given(alliance: AllianceInMemory) -> None:
    for intent in ("set_hours", "set_factsheet", "add_holiday"):
        change(alliance, intent, **CHANGES[intent])
    site = shown(alliance, week_of="2026-06-01")
    assert (site["hours"], site["factsheet"]) == ([SEASON], FACTSHEET)
    assert site["holidays"] == [CHANGES["add_holiday"]["holiday"]]
    assert site["week"][0] == {"day": "2026-06-01", "works": True, "hours": [["10:00", "14:00"]], "holiday": None}
    assert site["week"][6] == {"day": "2026-06-07", "works": True, "hours": [["10:00", "14:00"]], "holiday": "Make-up"}
    assert shown(alliance)["week"] == []


@pytest.mark.parametrize(
    "season",
    [
        {"first": "02-30"},
        {"first": "2026-02-29", "last": "2026-03-01"},
        {"first": "2026-02-18"},
        {"weekdays": {"8": [["10:00", "14:00"]]}},
        {"weekdays": {"1": [["10:00", "25:00"]]}},
        {"weekdays": {"1": [["10:00"]]}},
        {"weekdays": {"1": []}},
        {"name": ""},
    ],
)
def test_hours_that_are_no_hours_are_refused(alliance: AllianceInMemory, season: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        change(alliance, "set_hours", seasons=[{**SEASON, **season}])
    assert version(alliance) == 1


def test_a_holiday_that_is_removed_is_gone(alliance: AllianceInMemory) -> None:
    change(alliance, "add_holiday", **CHANGES["add_holiday"])
    change(alliance, "remove_holiday", day="2026-06-07")
    assert shown(alliance)["holidays"] == []


def test_a_department_that_is_added_hosts(alliance: AllianceInMemory) -> None:
    change(alliance, "add_department", **CHANGES["add_department"])
    added = shown(alliance)["departments"][1]
    assert (added["seats"], added["fields"], added["closed"]) == (2, ["medical imaging"], [])
    with pytest.raises(NoSuchDepartment):
        change(alliance, "change_department", department_id="dep_nowhere", **CHANGES["change_department"])


def fewer(alliance: AllianceInMemory, seats: int) -> Receipt:
    return change(alliance, "change_department", department={"names": {"en": "Surgery"}, "seats": seats})


def test_fewer_seats_than_visits_hold_are_refused_with_the_numbers(alliance: AllianceInMemory) -> None:
    for _ in range(2):
        alliance.accept(alliance.propose())
    with pytest.raises(SeatsHeld) as refused:
        fewer(alliance, 1)
    assert refused.value.facts == {
        "department": alliance.department, "asked": 1, "most_held": 2, "most_held_on": "2026-04-08", "places": [2],
        "until": "2026-04-08",
    }  # fmt: skip
    assert department(alliance)["seats"] == 3
    fewer(alliance, 2)
    assert department(alliance).items() >= {"seats": 2, "most_held": 2, "beyond_seats": []}.items()


def test_seats_that_are_held_no_more_may_go(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    visit = alliance.accept(alliance.propose())
    cancel = {"visit_id": visit.id, "reason": "Ill", "expected_version": visit.version}
    alliance.exchange.cancel_visit(
        parsed(commands.CancelVisit, cancel), alliance.context(alliance.manager, visit.version)
    )
    assert fewer(alliance, 1).version == 2


def test_a_closed_department_is_offered_to_nobody(alliance: AllianceInMemory) -> None:
    change(alliance, "close_department", **CLOSED)
    for arrival, days in ((date(2026, 4, 6), 1), (date(2026, 4, 10), 5), (date(2026, 4, 1), 20)):
        with pytest.raises(DepartmentClosed) as refused:
            alliance.propose(arrival=arrival, days=days)
        assert refused.value.facts == {"department": alliance.department, **CLOSED}
    assert alliance.accept(alliance.propose(arrival=date(2026, 4, 11))).state == "booked"


def test_what_was_proposed_before_is_refused_when_it_is_accepted(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    change(alliance, "close_department", **CLOSED)
    with pytest.raises((DepartmentClosed, HostFull)):
        alliance.accept(visit)


def test_what_is_booked_stays_booked_and_is_listed(alliance: AllianceInMemory) -> None:
    visit = alliance.accept(alliance.propose())
    change(alliance, "close_department", **CLOSED)
    (closed,) = department(alliance)["closed"]
    assert closed.items() >= {**CLOSED, "booked": 1}.items()
    assert [(each["id"], each["state"]) for each in closed["visits"]] == [(visit.id, "booked")]
    stranger = Actor("per_stranger", alliance.manager.roles, frozenset({"sit_elsewhere"}))
    (hidden,) = department(alliance, stranger)["closed"]
    assert (hidden["booked"], hidden["visits"]) == (1, [])


def test_a_place_given_back_on_a_closed_day_is_offered_to_nobody(alliance: AllianceInMemory) -> None:
    visit, other = alliance.accept(alliance.propose()), alliance.propose()
    change(alliance, "close_department", **CLOSED)
    cancel = {"visit_id": visit.id, "reason": "Ill", "expected_version": visit.version}
    alliance.exchange.cancel_visit(
        parsed(commands.CancelVisit, cancel), alliance.context(alliance.manager, visit.version)
    )
    with pytest.raises(DepartmentClosed):
        alliance.accept(other)


def test_a_reopened_department_hosts_again(alliance: AllianceInMemory) -> None:
    change(alliance, "close_department", **CLOSED)
    closure = department(alliance)["closed"][0]["id"]
    change(alliance, "reopen_department", closure_id=closure)
    assert department(alliance)["closed"] == []
    assert alliance.accept(alliance.propose()).state == "booked"
    with pytest.raises(NoSuchClosure):
        change(alliance, "reopen_department", closure_id=closure)


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"first": "2026-04-10", "last": "2026-04-06"}, DatesReversed),
        ({"first": "2026-02-01", "last": "2026-03-01"}, DateInThePast),
        ({"first": "2026-04-08", "last": "2026-04-20"}, AlreadyClosed),
        ({"first": "2027-01-01", "last": "2036-12-31"}, ClosureTooLarge),
    ],
)
def test_a_closed_period_that_cannot_be_is_refused(
    alliance: AllianceInMemory, days: dict[str, str], refusal: Callable[..., Exception]
) -> None:
    change(alliance, "close_department", **CLOSED)
    with pytest.raises(refusal):  # type: ignore[call-overload]
        change(alliance, "close_department", **{**CLOSED, **days})
    assert version(alliance) == 2


def test_the_same_command_again_closes_once(alliance: AllianceInMemory) -> None:
    fields = {"site_id": alliance.host, "department_id": alliance.department, "expected_version": 1, **CLOSED}
    context = alliance.context(ADMIN, 1)
    command = parsed(commands.CloseDepartment, fields)
    first = alliance.exchange.close_department(command, context)
    assert alliance.exchange.close_department(command, context) == first
    assert len(department(alliance)["closed"]) == 1
