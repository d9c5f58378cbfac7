"""Somebody answers for a record that was read from a file."""

from dataclasses import replace

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, OutcomeType
from services.research.application.answering import Answering
from services.research.application.commands.origin_fields import Origins
from services.research.application.commands.outcome_fields import Telling, Title
from services.research.domain.claiming import claim
from services.research.domain.permissions import may_claim, may_enter


class ClaimOutcome(Telling):
    """All that it came of; what is left out beside that stays as it was read. Details are told field by field."""

    outcome_id: OutcomeId
    came_of: Origins
    type: OutcomeType | None = None
    title: Title | None = None
    summary: FullParagraph | None = None


def claim_outcome(command: ClaimOutcome, context: Context, answering: Answering) -> Receipt:
    """Makes of the record an outcome that is reported."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    behalf = answering.acting(context, outcome.state)
    may_claim(context.actor, outcome.state, behalf)
    came_of = answering.known((each.named() for each in command.came_of), context.actor)
    may_enter(context.actor, came_of, outcome.state.responsible, behalf, "claim_outcome")
    decision = claim(
        outcome.state,
        command.type,
        command.told(command.title, command.summary),
        came_of,
        decimals=answering.currencies.decimals,
        by=context.actor.person,
        now=context.now,
    )
    return answering.saved(came_of, outcome, replace(decision, on_behalf_of=behalf), context)
