"""Somebody says how ready an outcome is for practice."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.permissions import may_rate
from services.research.domain.readiness import LEVELS, Domain, rate


class RateReadiness(Change):
    """In one domain, on which of the ten levels, and on what ground."""

    outcome_id: OutcomeId
    domain: Domain
    level: Annotated[int, Field(strict=True, ge=1, le=len(LEVELS))]
    ground: FullParagraph


def rate_readiness(command: RateReadiness, context: Context, outcomes: Outcomes) -> Receipt:
    """Records the rating beside those before it."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_rate(context.actor, outcome.state)
    decision = rate(
        outcome.state,
        domain=command.domain,
        level=command.level,
        ground=command.ground,
        by=context.actor.person,
        now=context.now,
    )
    return outcomes.save(outcome, decision, context)
