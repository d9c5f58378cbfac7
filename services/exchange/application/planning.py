"""Putting a visit that is asked for to the rules: reads what they have to know, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from chassis.apart import apart
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import Calendars, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.wishes import (
    Wish,
    days_from,
    last_day,
    own_holds,
    taken_seats,
    wish_of,
    without,
)
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.alternatives import (
    HORIZON,
    Alternative,
    departments_of_the_field,
    elsewhen_or_elsewhere,
    first_allowed,
    leaving_earlier,
)
from services.exchange.domain.holidays import Calendar, calendar_of
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.refusals import HostFull
from services.exchange.domain.rules import Guest, Plan, Stay, must_allow
from services.exchange.domain.site import Site
from services.exchange.domain.stays import stay_of
from services.exchange.domain.visit import Visit, Warned, seat_key

HORIZON_DAYS = timedelta(days=HORIZON)
MOST_IN_A_REFUSAL = 3
"""How many alternatives `HostFull` carries; `why_not` tells all of them."""


@dataclass(frozen=True)
class Seen:
    """What a command has read already, so that it is not read again for it: the agreement, and sites by their ids."""

    agreement: Agreement | None = None
    sites: Mapping[str, Site] = field(default_factory=dict)


NOTHING_SEEN = Seen()


class Planning:
    """Wishes become plans, and plans are judged."""

    def __init__(
        self, visits: Visits, agreements: Agreements, sites: Sites, ledgers: Ledgers, calendars: Calendars
    ) -> None:
        self._visits, self._agreements, self._sites = visits, agreements, sites
        self._ledgers, self._calendars = ledgers, calendars

    def must_allow(
        self, visit: Visit, standing: Visit | None, now: datetime, seen: Seen = NOTHING_SEEN
    ) -> tuple[Plan, tuple[Warned, ...]]:
        """The plan of a visit as it would be, and its warnings; `standing` is how it stands, where it does already.

        Where a visit holds already and its arrival stays, nobody is asked again how they get there.
        Raises the refusal of the first rule that forbids it.
        Takes nothing: what fits now may fit no longer when it is booked.
        """
        try:
            plan = self.plan(wish_of(visit, standing), now, seen)
            return plan, must_allow(plan)
        except HostFull as full:
            raise self.with_alternatives(full, visit, standing, now, seen) from None

    def with_alternatives(
        self, full: HostFull, visit: Visit, standing: Visit | None, now: datetime, seen: Seen = NOTHING_SEEN
    ) -> HostFull:
        """The same refusal with a few `alternatives` to it, cheapest first; who is there can only leave earlier."""
        wish = wish_of(visit, standing)
        if wish.since:
            found = leaving_earlier(self.plan(wish, now, seen))
        else:
            found = apart(elsewhen_or_elsewhere, self.plan_and_around(wish, now, seen))
        return HostFull(**full.facts, alternatives=[short_view(each) for each in found[:MOST_IN_A_REFUSAL]])

    def first_allowed(self, visit: Visit, arrival: date, departure: date, now: datetime) -> Stay | None:
        """The first days from these on, as long as they, on which the visit as it stands could take place instead.

        `None` where there are none for `HORIZON` days.
        """
        wish = replace(wish_of(visit), arrival=arrival, departure=departure)
        found = apart(first_allowed, self.plan_and_around(wish, now))
        return Stay(found.arrival, found.departure) if found else None

    def plan(self, wish: Wish, now: datetime, seen: Seen = NOTHING_SEEN) -> Plan:
        """The plan, with what the rules have to know of its own days.

        Raises `Unknown`, `NoSuchCondition`, `NotForVisits`, `NoSuchDepartment`.
        """
        first, last = wish.arrival, last_day(wish)
        plan = self._surrounded(self._bare(wish, now, seen), wish, first, last)
        seats, days = range(1, plan.department.seats + 1), days_from(first, last)
        keys = (seat_key(plan.department.id, seat, day) for seat in seats for day in days)
        return replace(plan, taken=taken_seats(self._visits.held_keys(keys) - own_holds(wish)))

    def plan_and_around(self, wish: Wish, now: datetime, seen: Seen = NOTHING_SEEN) -> Plan:
        """The plan, with what the rules have to know wherever an alternative may lie; raises as `plan` does.

        The seats of a department, on all days in question, are one query.
        """
        bare = self._bare(wish, now, seen)
        first = max(wish.arrival - HORIZON_DAYS, bare.today)
        last = max(last_day(wish), bare.today + (last_day(wish) - wish.arrival)) + HORIZON_DAYS
        plan = self._surrounded(bare, wish, first, last)
        departments = [plan.department.id, *(each.id for each in departments_of_the_field(plan))]
        return replace(plan, taken=taken_seats(self._visits.seats_held(departments, first, last) - own_holds(wish)))

    def _bare(self, wish: Wish, now: datetime, seen: Seen) -> Plan:
        """Who, where and when, without anything that others do."""
        agreement = seen.agreement or self._agreements.load(wish.agreement).state
        condition = agreement.visit_condition(wish.condition)
        sites = seen.sites or self._sites.named((condition.host_site, condition.sending_site))
        host = sites[condition.host_site]
        return Plan(
            arrival=wish.arrival,
            departure=wish.departure,
            guests=tuple(map(Guest, wish.people)),
            agreement=agreement,
            condition=condition,
            sending=sites[condition.sending_site],
            host=host,
            department=host.department(wish.department),
            today=host.today(now),
            taken={},
            ledgers={},
            host_calendar={},
            sending_calendar={},
            since=wish.since,
            held_arrival=wish.held_arrival,
        )

    def _surrounded(self, bare: Plan, wish: Wish, first: date, last: date) -> Plan:
        years = range(first.year, last.year + 1)
        return replace(
            bare,
            guests=self._guests(wish),
            ledgers=self._balance(wish),
            host_calendar=self._calendar(bare.host, years),
            sending_calendar=self._calendar(bare.sending, years),
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
        return {each.year: without(each, wish) for each in ledgers if each.condition == wish.condition}

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
