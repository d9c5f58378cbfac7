"""Somebody reports what came of a visit or a consultation."""

from dataclasses import replace

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.answering import Answering
from services.research.application.commands.outcome_fields import Telling, Title
from services.research.domain.permissions import may_report
from services.research.domain.reporting import report


class ReportOutcome(Telling):
    """What came of it. Details may come later, as a correction."""

    outcome_id: OutcomeId
    title: Title
    summary: FullParagraph


def report_outcome(command: ReportOutcome, context: Context, answering: Answering) -> Receipt:
    """Fills in an expected outcome; its transfer begins."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    behalf = answering.acting(context, outcome.state)
    may_report(context.actor, outcome.state, behalf)
    told = command.told(command.title, command.summary)
    decimals = answering.currencies.decimals
    decision = report(outcome.state, told, decimals=decimals, by=context.actor.person, now=context.now)
    return answering.outcomes.save(outcome, replace(decision, on_behalf_of=behalf), context)
