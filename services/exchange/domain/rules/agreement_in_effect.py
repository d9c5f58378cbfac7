"""The agreement covers every day of the visit."""

from collections.abc import Iterable

from services.exchange.domain.refusals import AgreementNotInEffect
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[AgreementNotInEffect]:
    """Not approved by all, ended, or in effect on other days."""
    try:
        plan.agreement.must_cover(plan.arrival, plan.departure)
    except AgreementNotInEffect as refusal:
        yield refusal


RULE = Rule("agreement-in-effect", FORBID, (AgreementNotInEffect,), broken)
