"""What becomes of days, seats, quota and replies in the course of a visit's life; on documents in memory."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal, Unknown
from services.exchange.application import commands, queries
from services.exchange.domain import lifecycle as life
from services.exchange.domain import visit as states
from services.exchange.domain.refusals import AgreementNotInEffect, HostFull, QuotaExceeded, VisitorDoubleBooked
from services.exchange.domain.visit import Visitor, person_key
from services.exchange.domain.visit_refusals import (
    ArrivalTooEarly,
    CounterNeedsTentative,
    LeaderNeeded,
    LeaderStays,
    NoLedger,
    NothingChanges,
    OwnDeputy,
    PeriodTooLong,
    VisitorNotExpected,
)
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lives import ACTS, ARRIVAL, BOTH, HOST, HOST_ALONE, LATER, SENDING, Life, lived

NOTHING = ((0, 0), (0, 0))


def taken(one: Life, year: int = 2026) -> tuple[tuple[int, int], tuple[int, int]]:
    """(visits, visitor-days) held, and used."""
    ledgers = one.alliance.memory.fake_ledgers.kept.values()
    found = next(each for each in ledgers if each.year == year)
    return (found.visits.held, found.visitor_days.held), (found.visits.used, found.visitor_days.used)


def holds(one: Life) -> frozenset[str]:
    return one.alliance.memory.fake_visits.kept[one.visit_id].holds


def booked(visitors: int = 2, needs: tuple[str, ...] = HOST_ALONE) -> Life:
    one = Life(needs, visitors)
    one.accepted_by(*needs)
    return one


def arrived(visitors: int = 2) -> Life:
    one = booked(visitors)
    one.on(ARRIVAL)
    one.give("record_arrival", HOST, arrived_on=ARRIVAL.isoformat())
    return one


def test_a_visitor_who_withdraws_gives_back_their_days_and_seat_and_the_others_keep_theirs() -> None:
    one = booked()
    before = holds(one)
    one.give("withdraw_visitor", life.VISITOR, person=one.visitors[1], reason="Ill.")
    assert taken(one) == ((1, 3), (0, 0))
    assert holds(one) < before
    assert not any(one.visitors[1] in key for key in holds(one))
    assert {visitor.person: visitor.withdrawn for visitor in one.visit.visitors} == {
        one.visitors[0]: False,
        one.visitors[1]: True,
    }


def test_a_leader_who_withdraws_is_followed_by_one_who_goes() -> None:
    one = booked(visitors=3)
    leader, second, third = one.visitors
    for nobody in ({}, {"new_leader": leader}, {"new_leader": "per_elsewhere"}):
        with pytest.raises(LeaderNeeded) as refused:
            one.give("withdraw_visitor", HOST, person=leader, reason="Ill.", **nobody)
        assert refused.value.facts == {"leader": leader, "visitors": [second, third]}
    with pytest.raises(LeaderStays):
        one.give("withdraw_visitor", HOST, person=second, reason="Ill.", new_leader=third)
    one.give("withdraw_visitor", HOST, person=leader, reason="Ill.", new_leader=second)
    assert one.visit.leader == second


def test_who_withdrew_or_arrived_withdraws_no_more() -> None:
    one = arrived()
    with pytest.raises(VisitorNotExpected) as refused:
        one.give("withdraw_visitor", HOST, person=one.visitors[0], reason="Ill.")
    assert refused.value.facts == {"person": one.visitors[0], "because": "arrived"}


def test_each_visitor_has_their_own_arrival_and_the_visit_that_of_the_first() -> None:
    one = booked()
    one.on(ARRIVAL + timedelta(days=1))
    one.give("record_arrival", HOST, arrived_on="2026-04-07", visitors=one.visitors[:1])
    one.give("record_arrival", HOST, arrived_on="2026-04-06", visitors=one.visitors[1:])
    assert [visitor.arrived_on for visitor in one.visit.visitors] == [date(2026, 4, 7), date(2026, 4, 6)]
    assert one.visit.actual_arrival == ARRIVAL


@pytest.mark.parametrize(
    ("arrived_on", "flags"), [("2026-04-01", ("early",)), ("2026-04-06", ()), ("2026-04-09", ("late",))]
)
def test_an_arrival_on_a_day_that_was_not_planned_is_recorded_and_flagged(
    arrived_on: str, flags: tuple[str, ...]
) -> None:
    one = booked()
    one.on(date(2026, 4, 20))
    one.give("record_arrival", HOST, arrived_on=arrived_on)
    assert one.visit.flags == flags


def test_an_arrival_weeks_before_the_planned_day_is_a_slip_of_the_pen() -> None:
    one = booked()
    one.on(ARRIVAL)
    with pytest.raises(ArrivalTooEarly) as refused:
        one.give("record_arrival", HOST, arrived_on="2026-03-22")
    assert refused.value.facts == {"date": "2026-03-22", "planned_arrival": "2026-04-06", "margin_days": 14}
    one.give("record_arrival", HOST, arrived_on="2026-03-23")


def test_an_early_departure_frees_the_days_that_remain_and_their_quota() -> None:
    one = arrived()
    one.give("record_departure", HOST, departed_on="2026-04-06", visitors=one.visitors[1:])
    assert taken(one) == ((1, 3 + 1), (0, 0))
    assert {key for key in holds(one) if one.visitors[1] in key} == {person_key(one.visitors[1], ARRIVAL)}


def test_the_seat_of_who_left_is_free_for_others_on_the_days_after() -> None:
    alliance = alliance_in_memory(seats=1)
    visit = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=35))
    day = {"visit_id": visit.id, "arrived_on": "2026-04-06", "expected_version": 2}
    context = alliance.context
    alliance.exchange.record_arrival(parsed(commands.RecordArrival, day), context(alliance.coordinator))
    left = {"visit_id": visit.id, "departed_on": "2026-04-06", "expected_version": 3}
    alliance.exchange.record_departure(parsed(commands.RecordDeparture, left), context(alliance.coordinator))
    assert alliance.accept(alliance.propose(arrival=date(2026, 4, 7), days=2)).state == "booked"


def test_a_fulfilled_visit_uses_the_days_that_each_visitor_was_there() -> None:
    one = arrived(visitors=3)
    one.give("record_departure", HOST, departed_on="2026-04-06", visitors=one.visitors[2:])
    one.on(date(2026, 4, 10))
    one.give("fulfil_visit", HOST, departed_on="2026-04-10", report="Went well.")
    assert taken(one) == ((0, 0), (1, 5 + 5 + 1))
    assert one.visit.flags == ("overstay",)
    assert one.visit.actual_departure == date(2026, 4, 10)


def test_who_never_came_uses_nothing() -> None:
    one = booked()
    one.on(ARRIVAL)
    one.give("record_arrival", HOST, arrived_on="2026-04-06", visitors=one.visitors[:1])
    one.give("fulfil_visit", HOST, departed_on="2026-04-06", report="Only one came.")
    assert taken(one) == ((0, 0), (1, 1))


def test_a_visit_kept_before_visitors_had_days_of_their_own_still_counts_them() -> None:
    one = arrived()
    old = tuple(Visitor(each.person, each.seat) for each in one.visit.visitors)
    kept = one.alliance.memory.fake_visits.kept
    kept[one.visit_id] = replace(kept[one.visit_id], state=replace(one.visit, visitors=old))
    one.on(date(2026, 4, 8))
    one.give("fulfil_visit", HOST, departed_on="2026-04-08", report="Went well.")
    assert taken(one) == ((0, 0), (1, 6))


def test_a_visit_that_moves_swaps_its_days_keeps_its_history_and_waits_for_the_others() -> None:
    one = booked()
    before = holds(one)
    one.give("reschedule_visit", SENDING, **LATER)
    assert (one.visit.state, dict(one.visit.replies)) == (states.PENDING, {})
    assert not holds(one) & before
    assert len(holds(one)) == len(before)
    assert taken(one) == ((1, 6), (0, 0))
    assert one.visit.reply_by == one.alliance.clock.now() + timedelta(days=14)
    one.accepted_by("host-department")
    assert one.visit.state == states.BOOKED
    assert [line.what for line in one.alliance.memory.fake_visits.kept[one.visit_id].history] == [
        "proposed",
        "accepted by host-department",
        "rescheduled",
        "accepted by host-department",
    ]


def test_an_acceptance_stands_only_where_its_giver_is_the_one_who_moves() -> None:
    one = booked(needs=BOTH)
    one.give("reschedule_visit", HOST, **LATER)
    assert set(one.visit.replies) == {"host-department"}
    assert one.visit.state == states.PENDING


def test_a_visit_that_moves_by_a_day_does_not_stand_in_its_own_way() -> None:
    one = Life(HOST_ALONE, 3)
    one.accepted_by("host-department")
    days = {"planned_arrival": "2026-04-07", "planned_departure": "2026-04-09", "reason": "A day later."}
    one.give("reschedule_visit", HOST, **days)
    assert taken(one) == ((1, 9), (0, 0))


def test_a_visit_that_cannot_move_stays_where_it_was() -> None:
    one = booked()
    alliance = one.alliance
    full = alliance.accept(alliance.propose(alliance.person(), alliance.person(), arrival=date(2026, 5, 12)))
    before = holds(one), taken(one)
    with pytest.raises(HostFull):
        one.give("reschedule_visit", HOST, **LATER)
    assert (holds(one), taken(one)) == before
    assert full.state == "booked"


def test_a_visitor_who_is_elsewhere_on_the_new_days_stops_the_move() -> None:
    one = booked(visitors=1)
    one.alliance.accept(one.alliance.propose(one.visitors[0], arrival=date(2026, 5, 12)))
    with pytest.raises(VisitorDoubleBooked):
        one.give("reschedule_visit", HOST, **LATER)


def test_a_visit_that_moves_to_another_year_moves_from_one_ledger_to_the_other() -> None:
    one = Life(HOST_ALONE, 2)
    two_years(one.alliance)
    one.accepted_by("host-department")
    days = {"planned_arrival": "2027-02-01", "planned_departure": "2027-02-02", "reason": "Next year."}
    one.give("reschedule_visit", HOST, **days)
    assert taken(one, 2026) == NOTHING
    assert taken(one, 2027) == ((1, 4), (0, 0))


def two_years(alliance: AllianceInMemory) -> None:
    """The same agreement, in effect until the end of the next year, too."""
    agreements, ledgers = alliance.memory.fake_agreements.kept, alliance.memory.fake_ledgers.kept
    kept = agreements[alliance.agreement]
    agreements[alliance.agreement] = replace(kept, state=replace(kept.state, in_effect_until=date(2027, 12, 31)))
    (ledger,) = ledgers.values()
    longer = replace(ledger, last_day=date(2027, 12, 31))
    next_year = replace(longer, id=ledger.id.replace("2026", "2027"), year=2027)
    ledgers.update({longer.id: longer, next_year.id: next_year})


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        (("2026-04-06", "2026-04-08"), NothingChanges),
        (("2026-12-30", "2027-01-02"), AgreementNotInEffect),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_moves(days: tuple[str, str], refusal: type[Refusal]) -> None:
    one = booked()
    before = holds(one), one.version
    with pytest.raises(refusal):
        one.give("reschedule_visit", HOST, planned_arrival=days[0], planned_departure=days[1], reason="Other days.")
    assert (holds(one), one.version) == before


def test_other_days_that_a_party_asks_for_become_the_visits_once_the_other_end_agrees() -> None:
    one = Life(BOTH)
    asked = {"arrival": "2026-05-18", "departure": "2026-05-20", "reason": "After the holidays."}
    one.give("reply_to_visit", HOST, party="host-department", status="tentative", **asked)
    one.give("accept_counter", SENDING, party="host-department")
    assert (one.visit.state, one.visit.planned_arrival) == (states.BOOKED, date(2026, 5, 18))
    assert {party: reply.by for party, reply in one.visit.replies.items()} == {
        "host-department": "per_coordinator",
        "sending-site": "per_manager",
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "accepted", "arrival": "2026-05-18", "departure": "2026-05-20"},
        {"status": "tentative", "arrival": "2026-05-18"},
    ],
)
def test_other_days_come_in_pairs_and_with_a_tentative_reply(fields: dict[str, Any]) -> None:
    with pytest.raises(CounterNeedsTentative):
        Life(BOTH).give("reply_to_visit", HOST, party="host-department", **fields)


def test_an_extension_takes_the_days_once_every_party_has_asked_for_the_same() -> None:
    one = booked(needs=BOTH)
    until = {"planned_departure": "2026-04-10", "reason": "More to see."}
    one.give("extend_visit", SENDING, **until)
    assert taken(one) == ((1, 6), (0, 0))
    one.give("extend_visit", HOST, **until | {"planned_departure": "2026-04-09"})
    assert one.visit.planned_departure == date(2026, 4, 8), "another day starts anew"
    one.give("extend_visit", SENDING, **until | {"planned_departure": "2026-04-09"})
    assert (one.visit.planned_departure, one.visit.extension) == (date(2026, 4, 9), None)
    assert taken(one) == ((1, 8), (0, 0))


def test_an_extension_is_all_or_nothing() -> None:
    one = arrived()
    alliance = one.alliance
    alliance.accept(alliance.propose(alliance.person(), alliance.person(), arrival=date(2026, 4, 9), days=1))
    before = holds(one), taken(one), one.version
    with pytest.raises(HostFull):
        one.give("extend_visit", HOST, planned_departure="2026-04-10", reason="More to see.")
    assert (holds(one), taken(one), one.version) == before


def test_an_extension_beyond_the_quota_is_refused_with_the_numbers() -> None:
    one = arrived()
    ledgers = one.alliance.memory.fake_ledgers.kept
    (ledger,) = ledgers.values()
    ledgers[ledger.id] = replace(ledger, visitor_days=replace(ledger.visitor_days, promised=7))
    with pytest.raises(QuotaExceeded) as refused:
        one.give("extend_visit", HOST, planned_departure="2026-04-09", reason="More to see.")
    assert {"of": "visitor-days", "asked": 2, "left": 1}.items() <= refused.value.facts.items()


def test_who_left_is_not_extended() -> None:
    one = arrived()
    one.give("record_departure", HOST, departed_on="2026-04-06", visitors=one.visitors[1:])
    one.give("extend_visit", HOST, planned_departure="2026-04-10", reason="More to see.")
    assert taken(one) == ((1, 5 + 1), (0, 0))


@pytest.mark.parametrize("state", [states.PENDING, states.BOOKED, states.ARRIVED, states.FULFILLED])
def test_what_was_entered_in_error_gives_back_what_it_held_or_used(state: str) -> None:
    one = lived(state, ACTS["mark_entered_in_error", "with a reason"])
    assert taken(one) != NOTHING
    one.give("mark_entered_in_error", life.ADMINISTRATOR, reason="Twice.")
    assert (taken(one), holds(one)) == (NOTHING, frozenset())


def test_a_noshow_gives_everything_back() -> None:
    one = lived(states.NOSHOW, ACTS["add_note", "in any state"])
    assert (taken(one), holds(one)) == (NOTHING, frozenset())


def test_a_deputy_replies_in_the_place_of_who_named_them_and_both_are_recorded() -> None:
    one = Life(HOST_ALONE)
    one.deputed()
    one.give("reply_to_visit", life.DEPUTY, party="host-department", status="accepted")
    reply = one.visit.replies["host-department"]
    assert (reply.by, reply.in_place_of) == (one.deputy, "per_coordinator")
    asked = parsed(queries.AskVisit, {"visit_id": one.visit_id})
    shown = one.alliance.exchange.visit(asked, one.actor(life.DEPUTY))
    assert (shown["replies"]["host-department"]["by"], shown["replies"]["host-department"]["for"]) == (
        one.deputy,
        "per_coordinator",
    )


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"deputy": "per_coordinator"}, OwnDeputy),
        ({"deputy": "per_nobody"}, Unknown),
        ({"last": "2026-12-01"}, PeriodTooLong),
    ],
)
def test_nobody_is_deputed_who_could_not_stand_in(different: dict[str, str], refusal: type[Refusal]) -> None:
    one = Life(HOST_ALONE)
    coordinator = replace(one.alliance.memory.fake_people.kept[one.deputy])
    one.alliance.memory.fake_people.kept["per_coordinator"] = coordinator
    fields = {"party": "host-department", "deputy": one.deputy, "first": "2026-03-02", "last": "2026-03-30"}
    with pytest.raises(refusal):
        one.give("name_deputy", HOST, **fields | different)


def test_notes_of_both_sites_stand_in_their_order_with_author_and_time() -> None:
    one = Life()
    one.give("add_note", SENDING, text="No beef.")
    one.give("add_note", HOST, text="There is a halal kitchen.")
    asked = parsed(queries.AskVisit, {"visit_id": one.visit_id})
    for who in (SENDING, HOST):
        notes = one.alliance.exchange.visit(asked, one.actor(who))["notes"]
        assert [(note["by"], note["text"]) for note in notes] == [
            ("per_manager", "No beef."),
            ("per_coordinator", "There is a halal kitchen."),
        ]
        assert notes[0]["at"] == one.alliance.clock.now().isoformat()


def entered(alliance: AllianceInMemory, **different: Any) -> Receipt:
    fields = _past(alliance) | different
    return alliance.exchange.enter_past_visit(
        parsed(commands.EnterPastVisit, fields), alliance.context(alliance.host_manager)
    )


@pytest.mark.parametrize(
    ("days", "flags"), [(3, ("entered-later",)), (2, ("entered-later", "over-quota"))], ids=["within", "over"]
)
def test_a_past_visit_counts_as_used_even_over_quota_and_says_so(days: int, flags: tuple[str, ...]) -> None:
    alliance = alliance_in_memory(visitor_days_per_year=days)
    visit = entered(alliance)
    kept = alliance.memory.fake_visits.kept[visit.id]
    assert (visit.state, kept.state.flags, kept.history[0].why) == ("fulfilled", flags, "Arranged by telephone.")
    balance = alliance.balance()["visitor_days"]
    assert (balance["used"], balance["left"]) == (3, days - 3)


def test_a_past_visit_is_entered_by_managers_once_and_for_the_past_alone() -> None:
    alliance = alliance_in_memory()
    with pytest.raises(Refusal) as refused:
        entered(alliance, actual_departure="2026-03-03")
    assert refused.value.name == "DateInTheFuture"
    with pytest.raises(NoLedger):
        entered(alliance, actual_arrival="2020-02-02", actual_departure="2020-02-03")
    visit = parsed(commands.EnterPastVisit, _past(alliance))
    for actor in (alliance.coordinator, ADMIN):
        with pytest.raises(Refusal) as refused:
            alliance.exchange.enter_past_visit(visit, alliance.context(actor))
        assert refused.value.name == "NotAllowed"
    context = alliance.context(alliance.manager)
    receipts = {alliance.exchange.enter_past_visit(visit, context) for _ in range(2)}
    assert len(receipts) == 1
    assert alliance.balance()["visits"]["used"] == 1


def _past(alliance: AllianceInMemory) -> dict[str, Any]:
    who = alliance.person()
    return {
        "agreement_id": alliance.agreement,
        "condition_id": alliance.condition,
        "host_department": alliance.department,
        "visitors": [who],
        "leader": who,
        "actual_arrival": "2026-02-02",
        "actual_departure": "2026-02-04",
        "purpose": "Staging",
        "reason": "Arranged by telephone.",
    }
