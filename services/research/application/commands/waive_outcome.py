"""An expected outcome is given up."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.permissions import may_waive
from services.research.domain.waiving import waive


class WaiveOutcome(Change):
    """`reason`: why nobody waits for it."""

    outcome_id: OutcomeId
    reason: FullParagraph


def waive_outcome(command: WaiveOutcome, context: Context, outcomes: Outcomes) -> Receipt:
    """Releases whoever owes the report."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_waive(context.actor, outcome.state)
    return outcomes.save(outcome, waive(outcome.state, reason=command.reason, by=context.actor.person), context)
