"""What was reported is said otherwise, or more fully."""

from dataclasses import replace

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.answering import Answering
from services.research.application.commands.outcome_fields import Telling, Title
from services.research.domain.permissions import may_correct
from services.research.domain.reporting import correct


class CorrectOutcome(Telling):
    """What is left out stays; what is given stands whole in the place of what stood there, `details` and lists too."""

    outcome_id: OutcomeId
    reason: FullParagraph
    title: Title | None = None
    summary: FullParagraph | None = None


def correct_outcome(command: CorrectOutcome, context: Context, answering: Answering) -> Receipt:
    """Corrects a reported outcome; the history names what was changed, and keeps what stood there."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    behalf = answering.acting(context, outcome.state)
    may_correct(context.actor, outcome.state, behalf)
    told = command.told(command.title, command.summary)
    decision = correct(outcome.state, told, decimals=answering.currencies.decimals, reason=command.reason)
    return answering.outcomes.save(outcome, replace(decision, on_behalf_of=behalf), context)
