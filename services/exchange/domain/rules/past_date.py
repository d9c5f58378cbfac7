"""Nobody arrives on a day that is over at the host; where the arrival stands, nobody stays until such a day."""

from collections.abc import Iterable

from services.exchange.domain.refusals import DateInThePast
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[DateInThePast]:
    """The arrival, or where that stands the departure, lies before the host's today."""
    day = plan.arrival if plan.asks_for_arrival else plan.departure
    if day < plan.today:
        yield DateInThePast(date=day.isoformat(), today=plan.today.isoformat())


RULE = Rule("past-date", FORBID, (DateInThePast,), broken)
