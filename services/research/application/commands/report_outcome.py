"""Somebody reports what came of a visit."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.ports import Outcomes
from services.research.domain.permissions import may_report
from services.research.domain.reporting import report

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Doi = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class ReportOutcome(Change):
    """What came of it; a DOI where it has one, bare or as an address."""

    outcome_id: OutcomeId
    title: Title
    summary: FullParagraph
    doi: Doi = ""


def report_outcome(command: ReportOutcome, context: Context, outcomes: Outcomes) -> Receipt:
    """Fills in an expected outcome; its transfer begins."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_report(context.actor, outcome.state)
    decision = report(
        outcome.state, title=command.title, summary=command.summary, doi=command.doi, by=context.actor.person
    )
    return outcomes.save(outcome, decision, context)
