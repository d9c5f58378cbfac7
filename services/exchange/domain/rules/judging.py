"""Every rule on one plan."""

from collections.abc import Iterator

from services.exchange.domain.rules import (
    agreement_in_effect,
    capacity,
    closed_period,
    lead_time,
    longest_stay,
    minimum_gap,
    past_date,
    public_holiday,
    quota,
    visitor_double_booking,
    weekend,
)
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Finding, Rule
from services.exchange.domain.visit import Warned
from services.exchange.domain.words import FORBID

RULES: tuple[Rule, ...] = (
    past_date.RULE,
    longest_stay.RULE,
    agreement_in_effect.RULE,
    quota.RULE,
    visitor_double_booking.RULE,
    closed_period.RULE,
    capacity.RULE,
    lead_time.VISA,
    lead_time.PERMIT,
    minimum_gap.RULE,
    public_holiday.RULE,
    public_holiday.PROVISIONAL,
    weekend.RULE,
)
"""In the order in which they refuse: what can never be allowed first."""


ASKED_ONCE = frozenset(rule.name for rule in RULES if not rule.asked_again)
"""Rules about the arrival: what they found stays true for as long as that does not move."""


def judged(plan: Plan) -> tuple[Finding, ...]:
    """Everything that is wrong with the plan, in the order of the rules."""
    return tuple(_found(plan, _asked(plan)))


def allows(plan: Plan, *, waiving: str | None = None) -> bool:
    """Whether no rule forbids the plan; the rule `waiving` is not asked."""
    forbidding = [rule for rule in _asked(plan) if rule.name != waiving and rule.level_under(plan) == FORBID]
    return not any(_found(plan, forbidding))


def warnings_of(findings: tuple[Finding, ...]) -> tuple[Warned, ...]:
    """What is allowed and should yet be known, as a visit keeps it."""
    return tuple(Warned(finding.rule, finding.facts) for finding in findings if not finding.forbids)


def must_allow(plan: Plan) -> tuple[Warned, ...]:
    """The plan's warnings. Raises the refusal of the first rule that forbids it."""
    findings = judged(plan)
    for finding in findings:
        if finding.forbids:
            raise finding.refusal(**finding.facts)
    return warnings_of(findings)


def _asked(plan: Plan) -> list[Rule]:
    """Where the arrival stands, nobody asks again how they get there."""
    return [rule for rule in RULES if plan.asks_for_arrival or rule.asked_again]


def _found(plan: Plan, rules: list[Rule]) -> Iterator[Finding]:
    for rule in rules:
        for refusal in rule.broken(plan):
            yield Finding(rule.name, rule.level_under(plan), type(refusal), refusal.facts)
