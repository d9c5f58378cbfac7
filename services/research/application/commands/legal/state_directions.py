"""Somebody says what of an outcome goes from which site to which."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Change, Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, SiteId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.legal import clearing
from services.research.domain.legal.directions import Direction
from services.research.domain.legal.permissions import may_state_directions


class DirectionFields(Command):
    from_site: SiteId
    to_site: SiteId


class StateDirections(Change):
    """`reason`: how one knows that nothing goes any other way."""

    outcome_id: OutcomeId
    directions: Annotated[tuple[DirectionFields, ...], Field(min_length=1, max_length=50)]
    reason: FullParagraph


def state_directions(command: StateDirections, context: Context, outcomes: Outcomes) -> Receipt:
    """Law is asked about these ways alone."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    stated = [Direction(each.from_site, each.to_site) for each in command.directions]
    may_state_directions(context.actor, outcome.state, stated)
    return outcomes.save(outcome, clearing.state_directions(outcome.state, stated, reason=command.reason), context)
