"""The agreement covers every day of the visit, and has its condition still."""

from collections.abc import Iterable

from services.exchange.domain.refusals import AgreementNotInEffect, ConditionRemoved
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[AgreementNotInEffect | ConditionRemoved]:
    """Not approved by all, ended, or in effect on other days; or amended, and without the condition."""
    try:
        plan.agreement.must_cover(plan.arrival, plan.departure)
    except AgreementNotInEffect as refusal:
        yield refusal
    try:
        plan.agreement.must_have(plan.condition.id)
    except ConditionRemoved as refusal:
        yield refusal


RULE = Rule("agreement-in-effect", FORBID, (AgreementNotInEffect, ConditionRemoved), broken)
