"""Somebody reports what came of a visit or a consultation."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.commands.outcome_fields import Telling, Title
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.permissions import may_report
from services.research.domain.reporting import report


class ReportOutcome(Telling):
    """What came of it. Details may come later, as a correction."""

    outcome_id: OutcomeId
    title: Title
    summary: FullParagraph


def report_outcome(command: ReportOutcome, context: Context, outcomes: Outcomes, currencies: Currencies) -> Receipt:
    """Fills in an expected outcome; its transfer begins."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_report(context.actor, outcome.state)
    told = command.told(command.title, command.summary)
    decision = report(outcome.state, told, decimals=currencies.decimals, by=context.actor.person, now=context.now)
    return outcomes.save(outcome, decision, context)
