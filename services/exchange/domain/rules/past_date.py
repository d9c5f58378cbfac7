"""Nobody arrives on a day that has gone by at the host."""

from collections.abc import Iterable

from services.exchange.domain.refusals import DateInThePast
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[DateInThePast]:
    """The arrival lies before the host's today."""
    if plan.arrival < plan.today:
        yield DateInThePast(date=plan.arrival.isoformat(), today=plan.today.isoformat())


RULE = Rule("past-date", FORBID, (DateInThePast,), broken, asked_again=False)
