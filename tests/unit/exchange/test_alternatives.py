"""Alternatives: every one of them passes the rules, the nearest date is found, and nothing is looked for too far."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as samples
from hypothesis import settings
from hypothesis import strategies as some

from services.exchange.domain.alternatives import (
    DATES,
    DEPARTMENT,
    FEWER_DAYS,
    FEWER_VISITORS,
    HORIZON,
    MOST_DATES,
    MOST_DEPARTMENTS,
    WAIVER,
    Alternative,
    alternatives,
    arrivals_around,
    departments_of_the_field,
)
from services.exchange.domain.ledger import Account, opened
from services.exchange.domain.rules import Guest, Plan, Stay, allows
from services.exchange.domain.site import Closure, Department, Factsheet
from services.exchange.domain.words import WARN
from tests.unit.exchange import given
from tests.unit.exchange.plans import SURGERY, TODAY, on, plan, taken

ARRIVAL = date(2026, 4, 13)
DAY = timedelta(days=1)
FIELD = "liver echinococcosis"
SMALL = replace(SURGERY, seats=1)
TWO_YEARS = {"in_effect_until": date(2027, 12, 31)}


def department(name: str, *fields: str, seats: int = 1) -> Department:
    return Department(name, {"en": name}, seats, fields=fields)


def kinds(found: tuple[Alternative, ...]) -> list[str]:
    return [each.kind for each in found]


def only(plan: Plan, kind: str) -> list[Alternative]:
    return [each for each in alternatives(plan) if each.kind == kind]


def dates(plan: Plan) -> list[str]:
    return [each.plan.arrival.isoformat() for each in only(plan, DATES)]


def full(first: date, days: int, **different: Any) -> Plan:
    """A plan for a department of one seat, that is taken for so many days from a day on."""
    return plan(department=SMALL, taken=taken(SMALL, (1, first, days)), **different)


def test_other_dates_are_the_nearest_and_of_two_equally_near_the_later_goes_first() -> None:
    asked = full(ARRIVAL, 3)
    assert dates(asked) == ["2026-04-16", "2026-04-10", "2026-04-17"]
    assert [each.cost for each in only(asked, DATES)] == [3, 3, 4]
    assert all(each.plan.length == asked.length for each in only(asked, DATES))


def test_nothing_is_proposed_before_today_at_the_host() -> None:
    asked = full(TODAY, 3, arrival=TODAY, departure=TODAY + 2 * DAY)
    assert dates(asked) == ["2026-03-05", "2026-03-06", "2026-03-07"]
    assert min(arrivals_around(asked)) == TODAY


def test_for_a_day_that_has_gone_by_the_search_begins_today() -> None:
    assert dates(on(date(2024, 2, 29), 3))[0] == TODAY.isoformat()


@pytest.mark.parametrize(("days_full", "is_found"), [(HORIZON, True), (HORIZON + 1, False)])
def test_dates_are_looked_for_within_the_horizon_and_no_farther(days_full: int, is_found: bool) -> None:
    asked = on(TODAY, department=SMALL, taken=taken(SMALL, (1, TODAY, days_full)))
    expected = [(TODAY + HORIZON * DAY).isoformat()] if is_found else []
    assert dates(asked) == expected


def test_the_horizon_has_a_bounded_number_of_days_nearest_first() -> None:
    arrivals = list(arrivals_around(on(date(2027, 4, 13))))
    assert len(arrivals) == 2 * HORIZON + 1
    assert arrivals == sorted(arrivals, key=lambda day: (abs(day - date(2027, 4, 13)), -day.toordinal()))


def test_another_department_of_the_field_is_proposed_and_one_of_another_field_is_not() -> None:
    host = given.site(
        departments=(SMALL, department("dep_hepatology", "Liver Echinococcosis"), department("dep_tcm", "acupuncture"))
    )
    asked = replace(full(ARRIVAL, 3), host=host)
    (other,) = only(asked, DEPARTMENT)
    assert (other.plan.department.id, other.plan.arrival, other.cost) == ("dep_hepatology", ARRIVAL, 7)


def test_another_department_that_is_full_too_is_proposed_for_its_nearest_date() -> None:
    hepatology = department("dep_hepatology", FIELD)
    both = {**taken(SMALL, (1, ARRIVAL, 3)), **taken(hepatology, (1, ARRIVAL, 4))}
    asked = replace(full(ARRIVAL, 3), host=given.site(departments=(SMALL, hepatology)), taken=both)
    (other,) = only(asked, DEPARTMENT)
    assert (other.plan.arrival, other.cost) == (ARRIVAL - 3 * DAY, 10)


def test_of_many_departments_a_few_are_looked_at() -> None:
    many = tuple(department(f"dep_{number}", FIELD) for number in range(20))
    asked = replace(full(ARRIVAL, 3), host=given.site(departments=(SMALL, *many)))
    assert len(departments_of_the_field(asked)) == MOST_DEPARTMENTS
    assert len(only(asked, DEPARTMENT)) == MOST_DEPARTMENTS


def test_fewer_days_keep_the_arrival_or_the_departure_and_as_many_days_as_possible() -> None:
    asked = full(ARRIVAL + 2 * DAY, 9, departure=ARRIVAL + 9 * DAY)
    (shorter,) = only(asked, FEWER_DAYS)
    assert (shorter.plan.arrival, shorter.plan.departure, shorter.cost) == (ARRIVAL, ARRIVAL + DAY, 16)
    late = full(ARRIVAL, 2, departure=ARRIVAL + 9 * DAY)
    (later,) = only(late, FEWER_DAYS)
    assert (later.plan.arrival, later.plan.departure, later.cost) == (ARRIVAL + 2 * DAY, ARRIVAL + 9 * DAY, 4)


def test_a_visit_of_400_days_is_shortened_to_the_longest_that_is_possible() -> None:
    agreement = given.agreement(**TWO_YEARS, conditions=(given.condition(visitor_days_per_year=999),))
    asked = on(ARRIVAL, 400, agreement=agreement)
    assert kinds(alternatives(asked)) == [FEWER_DAYS]
    assert alternatives(asked)[0].plan.length == 365


def test_a_visit_of_one_day_cannot_be_shortened() -> None:
    assert only(full(ARRIVAL, 1, departure=ARRIVAL), FEWER_DAYS) == []


def test_who_is_elsewhere_stays_at_home_then_the_last_named_and_never_the_leader() -> None:
    away = Stay(ARRIVAL, ARRIVAL)
    guests = (Guest("per_lead"), Guest("per_away", (away,)), Guest("per_2"), Guest("per_3"))
    two_seats = replace(SURGERY, seats=2)
    (fewer,) = only(plan(guests=guests, department=two_seats), FEWER_VISITORS)
    assert [guest.person for guest in fewer.plan.guests] == ["per_lead", "per_2"]
    assert fewer.cost == 28
    led_by_the_absent = (Guest("per_lead", (away,)), Guest("per_2"))
    assert only(plan(guests=led_by_the_absent), FEWER_VISITORS) == []


def test_one_rule_that_may_be_relaxed_is_proposed_to_be_waived() -> None:
    host = given.site(factsheet=Factsheet(lead_days=60))
    asked = on(TODAY + DAY, host=host)
    (waiver,) = only(asked, WAIVER)
    assert (waiver.waives, waiver.cost, waiver.plan) == ("visa-lead-time", 30, asked)


def test_no_waiver_is_proposed_for_what_may_never_be_relaxed_or_for_two_rules_at_once() -> None:
    assert only(full(ARRIVAL, 3), WAIVER) == []
    host = given.site(factsheet=Factsheet(lead_days=60))
    assert only(full(TODAY + DAY, 3, host=host, arrival=TODAY + DAY, departure=TODAY + DAY), WAIVER) == []


def test_a_used_up_year_leads_to_the_next() -> None:
    this_year, next_year = opened(given.agreement(**TWO_YEARS))
    used_up = replace(this_year, visits=Account(12, used=12))
    asked = on(date(2026, 12, 1), agreement=given.agreement(**TWO_YEARS), ledgers={2026: used_up, 2027: next_year})
    assert dates(asked)[0] == "2027-01-01"


def test_an_alternative_tells_its_own_warnings() -> None:
    # The Saturday is nearer than the Monday after.
    asked = full(date(2026, 4, 13), 5, arrival=date(2026, 4, 17), departure=date(2026, 4, 17))
    first = only(asked, DATES)[0]
    assert (first.plan.arrival.isoformat(), [each.rule for each in first.warnings]) == ("2026-04-18", ["weekend"])


days_of_2026 = some.integers(0, 300).map(lambda number: date(2026, 3, 2) + number * DAY)


@some.composite
def blocked(draw: Any) -> Plan:
    """Plans among taken seats, stays, closed periods, quota and lead times of every sort."""
    seats = draw(some.integers(1, 3))
    closed = tuple(
        Closure(first, first + length * DAY, "closed")
        for first, length in draw(some.lists(some.tuples(days_of_2026, some.integers(0, 20)), max_size=2))
    )
    surgery = replace(SURGERY, seats=seats, closed=closed)
    hepatology = department("dep_hepatology", FIELD, seats=draw(some.integers(1, 2)))
    busy = some.frozensets(days_of_2026, max_size=120).map(lambda days: tuple(sorted(days)))
    stays = some.lists(
        some.tuples(days_of_2026, some.integers(0, 9)).map(lambda each: Stay(each[0], each[0] + each[1] * DAY)),
        max_size=3,
    ).map(tuple)
    rules = draw(some.sampled_from([{}, {"visa-lead-time": WARN}, {"weekend": "forbid"}, {"minimum-gap": WARN}]))
    condition = given.condition(
        minimum_gap_days=draw(some.integers(0, 30)), rules=rules, visitor_days_per_year=draw(some.integers(5, 100))
    )
    arrival, length = draw(days_of_2026), draw(some.integers(0, 14))
    return plan(
        arrival=arrival,
        departure=arrival + length * DAY,
        agreement=given.agreement(conditions=(condition,)),
        host=given.site(departments=(surgery, hepatology), factsheet=Factsheet(lead_days=draw(some.integers(0, 60)))),
        guests=tuple(Guest(f"per_{number}", draw(stays)) for number in range(draw(some.integers(1, 3)))),
        taken={
            surgery.id: {seat: draw(busy) for seat in range(1, seats + 1)},
            hepatology.id: {1: draw(busy)},
        },
    )


@settings(max_examples=60)
@samples(blocked())
def test_every_alternative_passes_every_rule(asked: Plan) -> None:
    for each in alternatives(asked):
        assert allows(each.plan, waiving=each.waives)
        assert each.plan.arrival >= asked.today or each.waives
        assert len(each.plan.guests) <= len(asked.guests)


@settings(max_examples=60)
@samples(blocked())
def test_the_nearest_possible_dates_are_found_as_by_trying_every_day(asked: Plan) -> None:
    around = (asked.arrival + number * DAY for number in range(-HORIZON, HORIZON + 1))
    possible = [
        day
        for day in around
        if day not in (asked.arrival,)
        and allows(replace(asked, arrival=day, departure=day + (asked.departure - asked.arrival)))
    ]
    nearest = sorted(possible, key=lambda day: (abs(day - asked.arrival), -day.toordinal()))
    assert dates(asked) == [day.isoformat() for day in nearest[:MOST_DATES]]


@settings(max_examples=40)
@samples(blocked())
def test_the_same_plan_always_gets_the_same_answer_cheapest_first(asked: Plan) -> None:
    first = alternatives(asked)
    assert first == alternatives(asked)
    assert [each.cost for each in first] == sorted(each.cost for each in first)
