"""People say what becomes of a questioned outcome."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.answering import Answering
from services.research.application.commands.origin_fields import OriginFields
from services.research.domain.permissions import may_settle
from services.research.domain.settling import settle, withdraw_questioned


class SettleOutcome(Change):
    """`came_of`: what it came of instead; where nothing is named, the report is taken back."""

    outcome_id: OutcomeId
    reason: FullParagraph
    came_of: OriginFields | None = None


def settle_outcome(command: SettleOutcome, context: Context, answering: Answering) -> Receipt:
    """Withdraws it, or lets it count by what it came of instead."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_settle(context.actor, outcome.state)
    if command.came_of is None:
        return answering.outcomes.save(outcome, withdraw_questioned(outcome.state, reason=command.reason), context)
    named, agreement = [command.came_of.named()], outcome.state.agreement
    (instead,) = answering.known(named, context.actor, agreement=agreement)
    history = answering.outcomes.recorded(outcome.id).history
    decision = settle(outcome.state, instead, history, reason=command.reason, by=context.actor.person)
    return answering.saved([instead], outcome, decision, context)
