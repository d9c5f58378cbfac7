"""Between two visits of one person lie as many days at home as the agreement asks for."""

from collections.abc import Iterable

from services.exchange.domain.refusals import TooSoonAfterLastVisit
from services.exchange.domain.rules.plan import Plan, Stay
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[TooSoonAfterLastVisit]:
    """For each visitor the nearest other visit, before or after, that lies too near. One on the same days is no gap.

    Of who is there already only what comes after: the days before the arrival stay as they are.
    """
    needed = plan.condition.minimum_gap_days
    for guest in plan.guests:
        others = [stay for stay in guest.stays if plan.since is None or stay.first > plan.departure]
        near = [(gap, stay.first, stay) for stay in others if 0 <= (gap := days_at_home(plan, stay)) < needed]
        if near:
            gap, _, stay = min(near, key=lambda each: each[:2])
            yield TooSoonAfterLastVisit(
                person=guest.person,
                other_arrival=stay.first.isoformat(),
                other_departure=stay.last.isoformat(),
                gap=gap,
                needed=needed,
            )


def days_at_home(plan: Plan, stay: Stay) -> int:
    """The whole days between the plan and another stay; negative where they overlap."""
    if stay.last < plan.arrival:
        return (plan.arrival - stay.last).days - 1
    return (stay.first - plan.departure).days - 1


RULE = Rule("minimum-gap", FORBID, (TooSoonAfterLastVisit,), broken)
