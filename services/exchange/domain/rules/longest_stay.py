"""A visit has an end: no more than a year."""

from collections.abc import Iterable

from services.exchange.domain.refusals import VisitTooLong
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.visit import MOST_DAYS
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[VisitTooLong]:
    """It takes more days than any visit may."""
    if plan.length > MOST_DAYS:
        yield VisitTooLong(days=plan.length, most=MOST_DAYS)


RULE = Rule("longest-stay", FORBID, (VisitTooLong,), broken)
