"""Somebody is there to receive the visitors, and they work on at least one day."""

from collections.abc import Iterable
from datetime import timedelta

from services.exchange.domain.holidays import is_weekend, works
from services.exchange.domain.refusals import OnWeekend
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.visit import MOST_DAYS
from services.exchange.domain.words import WARN


def broken(plan: Plan) -> Iterable[OnWeekend]:
    """The arrival is on a weekend of the host's, or the host works on none of the days."""
    arrives = is_weekend(plan.host, plan.host_calendar, plan.arrival)
    working = _works_at_all(plan)
    if arrives or not working:
        yield OnWeekend(
            site=plan.host.id,
            date=plan.arrival.isoformat(),
            weekday=plan.arrival.isoweekday(),
            working=working,
        )


def _works_at_all(plan: Plan) -> bool:
    days = (plan.arrival + timedelta(days=number) for number in range(min(plan.length, MOST_DAYS)))
    return any(works(plan.host, plan.host_calendar, day) for day in days)


RULE = Rule("weekend", WARN, (OnWeekend,), broken, asked_again=False)
