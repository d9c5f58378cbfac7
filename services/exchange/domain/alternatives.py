"""What could be done instead of a plan that the rules forbid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice

from services.exchange.domain.rules import Plan, allows, judged, warnings_of
from services.exchange.domain.rules.judging import RULES
from services.exchange.domain.site import Department
from services.exchange.domain.visit import MOST_DAYS, Warned

DATES, DEPARTMENT, FEWER_DAYS, FEWER_VISITORS, WAIVER = "dates", "department", "fewer-days", "fewer-visitors", "waiver"
KINDS = (DATES, DEPARTMENT, FEWER_DAYS, FEWER_VISITORS, WAIVER)

HORIZON = 180
"""So many days before and after the dates asked for other dates are looked for."""
MOST_DATES, MOST_DEPARTMENTS = 3, 5
COST_OF_DEPARTMENT, COST_OF_DAY_LESS, COST_OF_VISITOR_LESS, COST_OF_WAIVER = 7, 2, 14, 30


@dataclass(frozen=True)
class Alternative:
    """A plan that every rule allows (but `waives`, where a rule is named), what it costs, and its warnings."""

    kind: str
    cost: int
    plan: Plan
    warnings: tuple[Warned, ...]
    waives: str | None = None


def alternatives(plan: Plan) -> tuple[Alternative, ...]:
    """Everything that could be done instead, the cheapest first.

    The cost says how far each is from what was asked for: one for each day by which the arrival moves, 7 for another
    department, 2 for each day less, 14 for each visitor left at home, 30 for a rule that the agreement would have to
    waive. Equal costs stand in the order of `KINDS`, the later arrival first, then by department: the same plan always
    gets the same answer.

    The work is bounded: arrivals within `HORIZON` days, `MOST_DEPARTMENTS` other departments with one proposal each,
    the longest part of the days that keeps one end, the most visitors that fit. Every one has been put to all rules.
    Who is there already can only leave earlier, or be let off a rule.
    """
    if plan.since:
        found = chain(leaving_earlier(plan), _waiver(plan))
    else:
        found = chain(elsewhen_or_elsewhere(plan), _fewer_days(plan), _fewer_visitors(plan), _waiver(plan))
    return tuple(sorted(found, key=_rank))


def elsewhen_or_elsewhere(plan: Plan) -> tuple[Alternative, ...]:
    """The nearest other dates, and the other departments of the field: what changes neither the length nor the people.

    Another seat is no alternative: the rules refuse only when no seat of the department is free throughout.
    """
    return tuple(sorted(chain(_other_dates(plan), _other_departments(plan)), key=_rank))


def leaving_earlier(plan: Plan) -> tuple[Alternative, ...]:
    """For visitors who are there already: the latest departure, of those that they do not have yet, that can be had."""
    lengths = range(1, (plan.departure - plan.first_asked).days + 1)
    shorter = (replace(plan, departure=plan.departure - timedelta(days=less)) for less in lengths)
    found = islice(filter(allows, shorter), 1)
    return tuple(_alternative(FEWER_DAYS, COST_OF_DAY_LESS * (plan.length - each.length), each) for each in found)


def first_allowed(plan: Plan) -> Plan | None:
    """The plan on the first days that every rule allows, its own or later; `None` if none of `HORIZON` are."""
    later = (_beginning(plan, plan.arrival + timedelta(days=days)) for days in range(HORIZON + 1))
    return next(filter(allows, later), None)


def arrivals_around(plan: Plan) -> Iterator[date]:
    """The days on which the visit might begin, nearest to the one asked for first, of two equally near the later.

    None lies before the host's today; where the day asked for does, the search begins today.
    """
    middle = max(plan.arrival, plan.today)
    yield middle
    for distance in range(1, HORIZON + 1):
        yield middle + timedelta(days=distance)
        if middle - timedelta(days=distance) >= plan.today:
            yield middle - timedelta(days=distance)


def departments_of_the_field(plan: Plan) -> tuple[Department, ...]:
    """The host's other departments that work in the condition's field, at most `MOST_DEPARTMENTS`."""
    wanted = plan.condition.field.casefold()
    others = (each for each in plan.host.departments if each.id != plan.department.id)
    of_the_field = (each for each in others if wanted in {name.casefold() for name in each.fields})
    return tuple(islice(of_the_field, MOST_DEPARTMENTS))


def _other_dates(plan: Plan) -> Iterator[Alternative]:
    moved = (_beginning(plan, arrival) for arrival in arrivals_around(plan) if arrival != plan.arrival)
    for each in islice(filter(allows, moved), MOST_DATES):
        yield _alternative(DATES, _moved(plan, each), each)


def _other_departments(plan: Plan) -> Iterator[Alternative]:
    for department in departments_of_the_field(plan):
        # Elsewhere it is another visit, which has to be proposed: what this one holds is worth nothing there.
        anew = replace(plan, department=department, held_arrival=None)
        there = (_beginning(anew, arrival) for arrival in arrivals_around(plan))
        for each in islice(filter(allows, there), 1):
            yield _alternative(DEPARTMENT, COST_OF_DEPARTMENT + _moved(plan, each), each)


def _fewer_days(plan: Plan) -> Iterator[Alternative]:
    for length in range(min(plan.length - 1, MOST_DAYS), 0, -1):
        keeps_arrival = replace(plan, departure=plan.arrival + timedelta(days=length - 1))
        keeps_departure = replace(plan, arrival=plan.departure - timedelta(days=length - 1))
        for each in filter(allows, (keeps_arrival, keeps_departure)):
            yield _alternative(FEWER_DAYS, COST_OF_DAY_LESS * (plan.length - length), each)
            return


def _fewer_visitors(plan: Plan) -> Iterator[Alternative]:
    """The leader stays; whoever could not come on these days even alone stays at home, then the last named."""
    leader, *others = plan.guests
    able = (leader, *(guest for guest in others if allows(replace(plan, guests=(guest,)))))
    for count in range(min(len(able), len(plan.guests) - 1), 0, -1):
        fewer = replace(plan, guests=able[:count])
        if allows(fewer):
            yield _alternative(FEWER_VISITORS, COST_OF_VISITOR_LESS * (len(plan.guests) - count), fewer)
            return


def _waiver(plan: Plan) -> Iterator[Alternative]:
    """The one rule that stands in the way, where an agreement may make it a warning."""
    forbidding = {finding.rule for finding in judged(plan) if finding.forbids}
    for rule in RULES:
        if forbidding == {rule.name} and rule.may_be_relaxed:
            yield _alternative(WAIVER, COST_OF_WAIVER, plan, waives=rule.name)


def _alternative(kind: str, cost: int, plan: Plan, waives: str | None = None) -> Alternative:
    return Alternative(kind, cost, plan, warnings_of(judged(plan)), waives)


def _beginning(plan: Plan, arrival: date) -> Plan:
    return replace(plan, arrival=arrival, departure=arrival + (plan.departure - plan.arrival))


def _moved(plan: Plan, other: Plan) -> int:
    return abs((other.arrival - plan.arrival).days)


def _rank(alternative: Alternative) -> tuple[int, int, int, str]:
    plan = alternative.plan
    return alternative.cost, KINDS.index(alternative.kind), -plan.arrival.toordinal(), plan.department.id
