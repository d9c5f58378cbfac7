"""Putting a visit that is asked for to the rules: reads what they have to know, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from services.exchange.application.ports import Agreements, Calendars, Ledgers, Sites, Visits
from services.exchange.domain.alternatives import (
    HORIZON,
    Alternative,
    departments_of_the_field,
    elsewhen_or_elsewhere,
)
from services.exchange.domain.holidays import Calendar, calendar_of
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.refusals import HostFull
from services.exchange.domain.rules import Guest, Plan, Taken, must_allow
from services.exchange.domain.site import Site
from services.exchange.domain.stays import stay_of
from services.exchange.domain.visit import MOST_DAYS, Visit, Warned, holds, seat_key

HORIZON_DAYS = timedelta(days=HORIZON)
MOST_IN_A_REFUSAL = 3
"""How many alternatives `HostFull` carries; `why_not` tells all of them."""


@dataclass(frozen=True)
class Wish:
    """What is asked for. `people`: the leader first. `visit`: the visit itself where there is one already."""

    agreement: str
    condition: str
    department: str
    people: tuple[str, ...]
    arrival: date
    departure: date
    visit: Visit | None = None


def wish_of(visit: Visit, standing: Visit | None = None) -> Wish:
    """What a visit asks for; `standing` is how it stands, where it is only to become `visit`."""
    going = sorted(visit.going, key=lambda visitor: visitor.person != visit.leader)
    return Wish(
        agreement=visit.agreement,
        condition=visit.condition,
        department=visit.host_department,
        people=tuple(visitor.person for visitor in going),
        arrival=visit.planned_arrival,
        departure=visit.planned_departure,
        visit=standing or visit,
    )


class Planning:
    """Wishes become plans, and plans are judged."""

    def __init__(
        self, visits: Visits, agreements: Agreements, sites: Sites, ledgers: Ledgers, calendars: Calendars
    ) -> None:
        self._visits, self._agreements, self._sites = visits, agreements, sites
        self._ledgers, self._calendars = ledgers, calendars

    def must_allow(self, visit: Visit, standing: Visit | None, now: datetime) -> tuple[Warned, ...]:
        """The warnings of a visit as it would be; `standing` is how it stands, where there is one already.

        Raises the refusal of the first rule that forbids it.
        Takes nothing: what fits now may fit no longer when it is booked.
        """
        try:
            return must_allow(self.plan(wish_of(visit, standing), now))
        except HostFull as full:
            raise self.with_alternatives(full, visit, standing, now) from None

    def with_alternatives(self, full: HostFull, visit: Visit, standing: Visit | None, now: datetime) -> HostFull:
        """The same refusal with a few `alternatives` to it, cheapest first."""
        found = elsewhen_or_elsewhere(self.plan_and_around(wish_of(visit, standing), now))
        return HostFull(**full.facts, alternatives=[short_view(each) for each in found[:MOST_IN_A_REFUSAL]])

    def plan(self, wish: Wish, now: datetime) -> Plan:
        """The plan, with what the rules have to know of its own days.

        Raises `Unknown`, `NoSuchCondition`, `NotForVisits`, `NoSuchDepartment`.
        """
        plan = self._without_seats(wish, now, wish.arrival, _end(wish))
        seats, days = range(1, plan.department.seats + 1), _days(wish.arrival, _end(wish))
        keys = (seat_key(plan.department.id, seat, day) for seat in seats for day in days)
        return replace(plan, taken=_taken(self._visits.held_keys(keys) - _own(wish)))

    def plan_and_around(self, wish: Wish, now: datetime) -> Plan:
        """The plan, with what the rules have to know wherever an alternative may lie; raises as `plan` does.

        The seats of all departments in question, on all days in question, are one query.
        """
        today = self._host(wish).today(now)
        first = max(wish.arrival - HORIZON_DAYS, today)
        last = max(_end(wish), today + (_end(wish) - wish.arrival)) + HORIZON_DAYS
        plan = self._without_seats(wish, now, first, last)
        departments = [plan.department.id, *(each.id for each in departments_of_the_field(plan))]
        return replace(plan, taken=_taken(self._visits.seats_held(departments, first, last) - _own(wish)))

    def _host(self, wish: Wish) -> Site:
        condition = self._agreements.load(wish.agreement).state.visit_condition(wish.condition)
        return self._sites.load(condition.host_site).state

    def _without_seats(self, wish: Wish, now: datetime, first: date, last: date) -> Plan:
        agreement = self._agreements.load(wish.agreement).state
        condition = agreement.visit_condition(wish.condition)
        host, sending = (self._sites.load(site).state for site in (condition.host_site, condition.sending_site))
        years = range(first.year, last.year + 1)
        return Plan(
            arrival=wish.arrival,
            departure=wish.departure,
            guests=self._guests(wish),
            agreement=agreement,
            condition=condition,
            sending=sending,
            host=host,
            department=host.department(wish.department),
            today=host.today(now),
            taken={},
            ledgers=self._balance(wish),
            host_calendar=self._calendar(host, years),
            sending_calendar=self._calendar(sending, years),
        )

    def _guests(self, wish: Wish) -> tuple[Guest, ...]:
        others = [
            each for each in self._visits.of_people(wish.people) if wish.visit is None or each.id != wish.visit.id
        ]
        return tuple(
            Guest(person, tuple(stay for visit in others if (stay := stay_of(visit, person)))) for person in wish.people
        )

    def _balance(self, wish: Wish) -> dict[int, Ledger]:
        ledgers = self._ledgers.of_agreement(wish.agreement)
        return {each.year: _without(each, wish.visit) for each in ledgers if each.condition == wish.condition}

    def _calendar(self, site: Site, years: range) -> Calendar:
        national = {day: each for year in years for day, each in self._calendars.days(site.country, year).items()}
        return calendar_of(site, national)


def short_view(alternative: Alternative) -> dict[str, Any]:
    """`{kind, cost, arrival, departure, department}`: an alternative as a refusal carries it."""
    plan = alternative.plan
    return {
        "kind": alternative.kind,
        "cost": alternative.cost,
        "arrival": plan.arrival.isoformat(),
        "departure": plan.departure.isoformat(),
        "department": plan.department.id,
    }


def _end(wish: Wish) -> date:
    """The last day that is looked at: what is longer than any visit may be is refused for that."""
    return min(wish.departure, wish.arrival + timedelta(days=MOST_DAYS - 1))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _own(wish: Wish) -> frozenset[str]:
    return frozenset(holds(wish.visit)) if wish.visit else frozenset()


def _taken(keys: Iterable[str]) -> Taken:
    taken: dict[str, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(keys):
        _, department, seat, day = key.split(":")
        taken[department][int(seat)].append(date.fromisoformat(day))
    return {each: {seat: tuple(days) for seat, days in seats.items()} for each, seats in taken.items()}


def _without(ledger: Ledger, visit: Visit | None) -> Ledger:
    """The ledger as if the visit held nothing: a visit does not stand in its own way."""
    if visit is None or not visit.is_holding or ledger.year != visit.year:
        return ledger
    visits, days = ledger.visits, ledger.visitor_days
    return replace(
        ledger,
        visits=replace(visits, held=visits.held - 1),
        visitor_days=replace(days, held=days.held - visit.visitor_days),
    )
