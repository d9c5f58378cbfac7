"""Nobody reported in time."""

from chassis.kernel.context import Context
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.expecting import miss


def mark_overdue(outcome_id: str, context: Context, outcomes: Outcomes) -> None:
    """Flags an outcome whose report is overdue; does nothing where it was reported meanwhile."""
    outcome = outcomes.load(outcome_id)
    if outcome.answered(context):
        return
    if decision := miss(outcome.state, now=context.now):
        outcomes.save(outcome, decision, context)
