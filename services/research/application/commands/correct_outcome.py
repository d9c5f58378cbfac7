"""What was reported is said otherwise, or more fully."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.commands.outcome_fields import Telling, Title
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.permissions import may_correct
from services.research.domain.reporting import correct


class CorrectOutcome(Telling):
    """What is left out stays; what is given stands whole in the place of what stood there, `details` and lists too."""

    outcome_id: OutcomeId
    reason: FullParagraph
    title: Title | None = None
    summary: FullParagraph | None = None


def correct_outcome(command: CorrectOutcome, context: Context, outcomes: Outcomes, currencies: Currencies) -> Receipt:
    """Corrects a reported outcome; the history names what was changed, and keeps what stood there."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_correct(context.actor, outcome.state)
    told = command.told(command.title, command.summary)
    decision = correct(outcome.state, told, decimals=currencies.decimals, reason=command.reason)
    return outcomes.save(outcome, decision, context)
