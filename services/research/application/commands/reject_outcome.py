"""A record that was read from a file is none of the exchange's."""

from dataclasses import replace

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.answering import Answering
from services.research.domain.claiming import reject
from services.research.domain.permissions import may_reject


class RejectOutcome(Change):
    """`reason`: why it came of nothing that the alliance did."""

    outcome_id: OutcomeId
    reason: FullParagraph


def reject_outcome(command: RejectOutcome, context: Context, answering: Answering) -> Receipt:
    """Nobody is asked to claim it any more."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    behalf = answering.acting(context, outcome.state)
    may_reject(context.actor, outcome.state, behalf)
    decision = replace(reject(outcome.state, reason=command.reason), on_behalf_of=behalf)
    return answering.outcomes.save(outcome, decision, context)
