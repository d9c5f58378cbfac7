"""Nobody outside is to read of an outcome any more."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.permissions import may_publish
from services.research.domain.publicity import unpublish


class UnpublishOutcome(Change):
    outcome_id: OutcomeId
    reason: FullParagraph


def unpublish_outcome(command: UnpublishOutcome, context: Context, outcomes: Outcomes) -> Receipt:
    """Takes an outcome back from the public; catalogues that harvest are told that it is gone."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_publish(context.actor, outcome.state, "unpublish_outcome")
    return outcomes.save(outcome, unpublish(outcome.state, reason=command.reason), context)
