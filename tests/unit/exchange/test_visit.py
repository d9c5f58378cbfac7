"""What a visit occupies and how it is counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from services.exchange.domain.visit import (
    ARRIVED,
    BOOKED,
    FULFILLED,
    HOLDING,
    PENDING,
    Visit,
    Visitor,
    days_between,
    holds,
    person_key,
    seat_key,
)
from tests.unit.exchange import given

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """Any visit of up to six weeks and five visitors, in any state, with a seat for each."""
    arrival = draw(DAYS)
    departure = arrival + timedelta(days=draw(st.integers(0, 41)))
    seats = draw(st.lists(st.integers(1, 20), min_size=1, max_size=5, unique=True))
    visitors = tuple(Visitor(f"per_{seat}", seat) for seat in seats)
    return replace(
        given.visit(draw(st.sampled_from(given.STATES))),
        visitors=visitors,
        planned_arrival=arrival,
        planned_departure=departure,
    )


@hypothesis_given(visits())
def test_a_holding_visit_occupies_each_visitor_and_each_seat_on_each_day_and_nothing_else(visit: Visit) -> None:
    wanted = {
        key
        for visitor in visit.visitors
        for number in range(days_between(visit.planned_arrival, visit.planned_departure))
        for day in [visit.planned_arrival + timedelta(days=number)]
        for key in (person_key(visitor.person, day), seat_key(visit.host_department, visitor.seat or 0, day))
    }
    occupied = holds(visit)
    assert set(occupied) == (wanted if visit.state in HOLDING else set())
    assert len(occupied) == len(set(occupied)), "no key twice"


@hypothesis_given(visits())
def test_what_is_counted_is_what_is_occupied(visit: Visit) -> None:
    assert visit.visitor_days == len(visit.visitors) * len(visit.days)
    if visit.is_holding:
        assert len(holds(visit)) == 2 * visit.visitor_days


@hypothesis_given(visits(), visits())
def test_two_visits_collide_when_a_visitor_or_a_seat_is_wanted_twice_on_one_day(one: Visit, other: Visit) -> None:
    common = set(one.days) & set(other.days)
    shared = {visitor.seat for visitor in one.visitors} & {visitor.seat for visitor in other.visitors}
    collide = bool(set(holds(one)) & set(holds(other)))
    assert collide == bool(common and shared and one.is_holding and other.is_holding)


@pytest.mark.parametrize("state", given.STATES)
def test_only_what_is_accepted_and_not_over_holds(state: str) -> None:
    assert bool(holds(given.visit(state))) == (state in (PENDING, BOOKED, ARRIVED))


def test_both_days_of_a_stay_count() -> None:
    assert days_between(date(2026, 4, 6), date(2026, 4, 6)) == 1
    assert days_between(date(2026, 4, 6), date(2026, 4, 8)) == 3


def test_days_that_really_passed_count_once_it_is_over() -> None:
    assert given.visit(ARRIVED).actual_visitor_days == 0
    assert given.visit(FULFILLED).actual_visitor_days == 4


def test_a_visit_over_new_year_counts_in_the_year_of_its_arrival() -> None:
    assert given.visit(planned_arrival=date(2026, 12, 30), planned_departure=date(2027, 1, 4)).year == 2026
