"""The agreement promises so many visits and visitor-days a year; a visit counts in the year of its arrival."""

from collections.abc import Iterable

from chassis.kernel.errors import Refusal
from services.exchange.domain.refusals import QuotaClosed, QuotaExceeded
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[Refusal]:
    """Less is left than the visit needs, or needs besides where it goes on already.

    A year without a ledger is one that the agreement does not cover.
    """
    ledger = plan.ledgers.get(plan.arrival.year)
    if ledger is None:
        return
    try:
        ledger.must_have_left(plan.visitor_days, visits=0 if plan.since else 1)
    except (QuotaExceeded, QuotaClosed) as refusal:
        yield refusal


RULE = Rule("quota", FORBID, (QuotaExceeded, QuotaClosed), broken)
