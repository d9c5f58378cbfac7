"""Asking why a visit is not possible, proposing against the rules, and booking against them, on documents in memory."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, OBSERVER, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from services.exchange.application import commands, queries
from services.exchange.domain import refusals
from services.exchange.domain.agreement_text import Condition
from services.exchange.domain.holidays import Holiday
from services.exchange.domain.site import Factsheet, Site
from services.exchange.domain.words import FORBID, WARN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

MONDAY = date(2026, 4, 13)
SATURDAY = date(2026, 4, 11)


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def asked(alliance: AllianceInMemory, actor: Actor | None = None, **fields: Any) -> dict[str, Any]:
    return alliance.exchange.why_not(parsed(queries.AskWhyNot, fields), actor or alliance.manager)


def request(alliance: AllianceInMemory, *visitors: str, **dates: Any) -> dict[str, Any]:
    """The fields of `propose_visit`, as a caller sends them."""
    fields: dict[str, Any] = alliance.proposal(*visitors, **dates).model_dump(mode="json")
    return fields


def with_site(alliance: AllianceInMemory, **different: Any) -> None:
    """Makes the host what a test wants it to be, without a command of its own."""
    kept = alliance.memory.fake_sites.kept
    kept[alliance.host] = replace(kept[alliance.host], state=replace(kept[alliance.host].state, **different))


def with_condition(alliance: AllianceInMemory, **different: Any) -> None:
    """Makes the condition what a test wants it to be, without a new text."""
    kept = alliance.memory.fake_agreements.kept
    document = kept[alliance.agreement]
    (condition,) = document.state.conditions
    terms: tuple[Condition, ...] = (replace(condition, **different),)
    kept[alliance.agreement] = replace(document, state=replace(document.state, conditions=terms))


def host(alliance: AllianceInMemory) -> Site:
    return alliance.memory.fake_sites.load(alliance.host).state


def filled(alliance: AllianceInMemory, arrival: date = MONDAY, **dates: Any) -> None:
    for _ in range(alliance.seats):
        alliance.accept(alliance.propose(arrival=arrival, **dates))


def test_what_is_possible_is_said_to_be_possible(alliance: AllianceInMemory) -> None:
    answer = asked(alliance, request=request(alliance, arrival=MONDAY))
    assert answer == {"allowed": True, "blocking": [], "warnings": [], "alternatives": []}


def test_a_full_department_is_told_with_the_nearest_dates(alliance: AllianceInMemory) -> None:
    filled(alliance)
    answer = asked(alliance, request=request(alliance, arrival=MONDAY))
    assert not answer["allowed"]
    assert [(each["rule"], each["refusal"], each["facts"]["free"]) for each in answer["blocking"]] == [
        ("capacity", "HostFull", 0)
    ]
    first = answer["alternatives"][0]
    assert (first["kind"], first["arrival"], first["departure"], first["cost"]) == (
        "dates",
        "2026-04-16",
        "2026-04-18",
        3,
    )
    assert json.loads(json.dumps(answer)) == answer


def test_an_alternative_can_be_proposed_and_booked_as_it_stands(alliance: AllianceInMemory) -> None:
    filled(alliance)
    wished = request(alliance, arrival=MONDAY)
    for each in asked(alliance, request=wished)["alternatives"]:
        taken_up = {
            **wished,
            "planned_arrival": each["arrival"],
            "planned_departure": each["departure"],
            "host_department": each["department"],
            "visitors": each["visitors"],
        }
        proposed = alliance.exchange.propose_visit(
            parsed(commands.ProposeVisit, taken_up), alliance.context(alliance.manager)
        )
        booked = alliance.accept(proposed)
        assert booked.state == "booked"
        cancel = {"visit_id": booked.id, "expected_version": booked.version, "reason": "Only tried."}
        alliance.exchange.cancel_visit(
            parsed(commands.CancelVisit, cancel), alliance.context(alliance.manager, booked.version)
        )


def test_the_purpose_may_be_left_out(alliance: AllianceInMemory) -> None:
    wished = request(alliance, arrival=MONDAY)
    del wished["purpose"]
    assert asked(alliance, request=wished)["allowed"]


@pytest.mark.parametrize(
    ("arrival", "days", "rule"),
    [(date(2026, 3, 1), 3, "past-date"), (MONDAY, 400, "longest-stay"), (date(2026, 12, 30), 3, "agreement-in-effect")],
)
def test_what_proposing_would_refuse_at_once_is_explained_with_alternatives(
    alliance: AllianceInMemory, arrival: date, days: int, rule: str
) -> None:
    answer = asked(alliance, request=request(alliance, arrival=arrival, days=days))
    assert rule in [each["rule"] for each in answer["blocking"]]
    assert answer["alternatives"]


def test_a_booked_visit_does_not_stand_in_its_own_way() -> None:
    alliance = alliance_in_memory(seats=1, visits_per_year=1, visitor_days_per_year=3)
    visit = alliance.accept(alliance.propose(arrival=MONDAY))
    assert asked(alliance, visit_id=visit.id)["allowed"]


def test_of_a_proposal_that_was_beaten_it_is_told_who_can_still_come() -> None:
    alliance = alliance_in_memory(seats=1)
    beaten = alliance.propose(arrival=MONDAY)
    alliance.accept(alliance.propose(arrival=MONDAY))
    answer = asked(alliance, alliance.coordinator, visit_id=beaten.id)
    assert [each["rule"] for each in answer["blocking"]] == ["capacity"]


@pytest.mark.parametrize(
    "fields", [{}, {"visit_id": "vis_1", "request": {}}, {"visit_id": "nonsense"}, {"request": {}}]
)
def test_either_a_request_or_a_visit_is_asked_about(alliance: AllianceInMemory, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        asked(alliance, **fields)


def test_both_at_once_are_refused(alliance: AllianceInMemory) -> None:
    with pytest.raises(InvalidCommand):
        asked(alliance, visit_id="vis_1", request=request(alliance))


def test_who_may_not_propose_may_not_ask_and_who_may_not_see_a_visit_is_told_of_none(
    alliance: AllianceInMemory,
) -> None:
    elsewhere = Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_hotan"}))
    for actor in (elsewhere, Actor("per_x", frozenset({OBSERVER, VISITOR}), frozenset({alliance.host}))):
        with pytest.raises(NotAllowed):
            asked(alliance, actor, request=request(alliance))
    with pytest.raises(Unknown):
        asked(alliance, elsewhere, visit_id=alliance.propose().id)


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"planned_departure": "2026-04-12"}, refusals.DatesReversed),
        ({"leader": "per_stranger"}, refusals.LeaderNotAmongVisitors),
        ({"visitors": ["per_stranger"]}, Unknown),
        ({"condition_id": "cnd_none"}, refusals.NoSuchCondition),
        ({"agreement_id": "agr_none"}, Unknown),
        ({"host_department": "dep_none"}, refusals.NoSuchDepartment),
    ],
)
def test_what_no_date_could_make_right_is_refused_as_proposing_refuses_it(
    alliance: AllianceInMemory, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    wished = {**request(alliance, arrival=MONDAY), **different}
    with pytest.raises(refusal):
        asked(alliance, request=wished)


def shown(alliance: AllianceInMemory, visit: str) -> dict[str, Any]:
    return alliance.exchange.visit(parsed(queries.AskVisit, {"visit_id": visit}), alliance.manager)


def test_what_is_let_pass_is_kept_on_the_visit_with_its_facts(alliance: AllianceInMemory) -> None:
    alliance.memory.fake_calendars.countries["CN"] = {MONDAY: Holiday("Founding Day")}
    visit = shown(alliance, alliance.propose(arrival=SATURDAY).id)
    assert [(each["rule"], each["facts"].get("names")) for each in visit["warnings"]] == [
        ("public-holiday", ["Founding Day"]),
        ("weekend", None),
    ]


def test_the_booking_looks_again_and_keeps_what_it_finds_then(alliance: AllianceInMemory) -> None:
    visit = alliance.propose(arrival=MONDAY)
    assert shown(alliance, visit.id)["warnings"] == []
    alliance.memory.fake_calendars.countries["PK"] = {MONDAY: Holiday("Eid", provisional=True)}
    alliance.accept(visit)
    (warning,) = shown(alliance, visit.id)["warnings"]
    assert (warning["rule"], warning["facts"]["end"]) == ("provisional-holiday", "sending")


def rescheduled(alliance: AllianceInMemory, visit: Receipt, arrival: date) -> Receipt:
    """Moves a visit of three days."""
    fields = {
        "visit_id": visit.id,
        "planned_arrival": arrival.isoformat(),
        "planned_departure": (arrival + timedelta(days=2)).isoformat(),
        "reason": "The road is closed.",
        "expected_version": visit.version,
    }
    command = parsed(commands.RescheduleVisit, fields)
    return alliance.exchange.reschedule_visit(command, alliance.context(alliance.manager, visit.version))


@pytest.mark.parametrize("is_booked", [False, True])
def test_a_visit_that_moves_is_judged_on_its_new_days(alliance: AllianceInMemory, is_booked: bool) -> None:
    filled(alliance)
    visit = alliance.propose(arrival=SATURDAY - timedelta(days=7))
    visit = alliance.accept(visit) if is_booked else visit
    assert [each["rule"] for each in shown(alliance, visit.id)["warnings"]] == ["weekend"]
    with pytest.raises(refusals.HostFull) as refused:
        rescheduled(alliance, visit, MONDAY)
    assert refused.value.facts["alternatives"]
    moved = rescheduled(alliance, visit, MONDAY + timedelta(days=7))
    assert shown(alliance, moved.id)["warnings"] == []


def test_a_visit_that_moves_by_a_day_does_not_stand_in_its_own_way() -> None:
    alliance = alliance_in_memory(seats=1, visits_per_year=1, visitor_days_per_year=3)
    visit = alliance.accept(alliance.propose(arrival=MONDAY))
    assert rescheduled(alliance, visit, MONDAY + timedelta(days=1)).version == 3


def lead_time(alliance: AllianceInMemory) -> None:
    with_site(alliance, factsheet=Factsheet(lead_days=60))


def holiday(alliance: AllianceInMemory) -> None:
    with_condition(alliance, rules={"public-holiday": FORBID})
    alliance.memory.fake_calendars.countries["CN"] = {MONDAY: Holiday("Founding Day")}


def weekend(alliance: AllianceInMemory) -> None:
    with_condition(alliance, rules={"weekend": FORBID})
    alliance.memory.fake_calendars.countries["CN"] = {
        MONDAY + timedelta(days=number): Holiday("Long feast") for number in range(3)
    }


@pytest.mark.parametrize(
    ("happens", "refusal"),
    [
        (lead_time, refusals.TooShortNotice),
        (holiday, refusals.OnPublicHoliday),
        (weekend, refusals.OnWeekend),
    ],
)
def test_what_a_rule_forbids_is_neither_proposed_nor_booked(
    alliance: AllianceInMemory, happens: Any, refusal: type[Refusal]
) -> None:
    proposed = alliance.propose(arrival=MONDAY)
    happens(alliance)
    with pytest.raises(refusal):
        alliance.propose(arrival=MONDAY)
    with pytest.raises(refusal):
        alliance.accept(proposed)
    assert alliance.memory.fake_visits.load(proposed.id).version == 1
    assert alliance.balance()["visits"]["held"] == 0


def test_a_rule_that_the_agreement_relaxed_lets_book_with_a_warning(alliance: AllianceInMemory) -> None:
    lead_time(alliance)
    with_condition(alliance, rules={"visa-lead-time": WARN})
    visit = alliance.accept(alliance.propose(arrival=MONDAY))
    (warning,) = shown(alliance, visit.id)["warnings"]
    assert (warning["rule"], warning["facts"]["needed"]) == ("visa-lead-time", 60)


def test_one_visit_follows_another_after_the_agreed_gap(alliance: AllianceInMemory) -> None:
    with_condition(alliance, minimum_gap_days=10)
    bano = alliance.person()
    alliance.accept(alliance.propose(bano, arrival=MONDAY, days=3))
    with pytest.raises(refusals.TooSoonAfterLastVisit) as refused:
        alliance.propose(bano, arrival=date(2026, 4, 25))
    assert (refused.value.facts["gap"], refused.value.facts["needed"]) == (9, 10)
    assert alliance.propose(bano, arrival=date(2026, 4, 26)).state == "proposed"


def test_a_visit_that_took_place_counts_for_the_gap_with_the_days_that_it_really_took(
    alliance: AllianceInMemory,
) -> None:
    with_condition(alliance, minimum_gap_days=10)
    bano = alliance.person()
    visit = alliance.accept(alliance.propose(bano, arrival=MONDAY, days=3))
    alliance.clock.moment = datetime(2026, 4, 21, 6, 0, tzinfo=UTC)
    steps = (("record_arrival", {"arrived_on": "2026-04-13"}), ("fulfil_visit", {"departed_on": "2026-04-20"}))
    for intent, fields in steps:
        kind = commands.RecordArrival if intent == "record_arrival" else commands.FulfilVisit
        report = {} if intent == "record_arrival" else {"report": "Went well."}
        command = parsed(kind, {"visit_id": visit.id, "expected_version": visit.version, **fields, **report})
        visit = getattr(alliance.exchange, intent)(command, alliance.context(alliance.coordinator, visit.version))
    with pytest.raises(refusals.TooSoonAfterLastVisit) as refused:
        alliance.propose(bano, arrival=date(2026, 4, 30))
    assert (refused.value.facts["other_departure"], refused.value.facts["gap"]) == ("2026-04-20", 9)
    assert alliance.propose(bano, arrival=date(2026, 5, 1)).state == "proposed"


def test_today_is_the_hosts_today_whoever_asks(alliance: AllianceInMemory) -> None:
    # 17:00 UTC on the 1st is the 2nd in Kashgar, and still the 1st in Gilgit.
    alliance.clock.moment = datetime(2026, 4, 12, 17, 0, tzinfo=UTC)
    with_site(alliance, factsheet=Factsheet(lead_days=1))
    assert asked(alliance, request=request(alliance, arrival=date(2026, 4, 14)))["allowed"]
    answer = asked(alliance, request=request(alliance, arrival=MONDAY))
    assert [(each["rule"], each["facts"]["notice"]) for each in answer["blocking"]] == [("visa-lead-time", 0)]


def test_a_host_full_carries_no_more_than_three_alternatives_and_little_of_each(alliance: AllianceInMemory) -> None:
    filled(alliance)
    with pytest.raises(refusals.HostFull) as refused:
        alliance.propose(arrival=MONDAY)
    told = refused.value.facts["alternatives"]
    assert len(told) == 3
    assert all(each.keys() == {"kind", "cost", "arrival", "departure", "department"} for each in told)


def test_who_is_beaten_to_the_last_seat_while_booking_is_told_of_alternatives() -> None:
    alliance = alliance_in_memory(seats=1)
    first, second = (alliance.propose(arrival=MONDAY) for _ in range(2))
    beaten = alliance.exchange.planning

    class Late:
        """Judges on what it saw before somebody else booked."""

        def must_allow(self, *asked: Any) -> tuple[Any, ...]:
            judged = beaten.must_allow(*asked)
            alliance.exchange.booking._planning = beaten
            alliance.accept(first)
            return judged

        with_alternatives = staticmethod(beaten.with_alternatives)

    alliance.exchange.booking._planning = Late()  # type: ignore[assignment]
    with pytest.raises(refusals.HostFull) as refused:
        alliance.accept(second)
    assert refused.value.facts["alternatives"][0]["arrival"] == "2026-04-16"
