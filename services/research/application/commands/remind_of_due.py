"""A report is due soon."""

from chassis.kernel.context import Context
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.expecting import remind


def remind_of_due(outcome_id: str, context: Context, outcomes: Outcomes) -> None:
    """Reminds whoever owes the report; does nothing where it was made meanwhile."""
    outcome = outcomes.load(outcome_id)
    if outcome.answered(context):
        return
    if decision := remind(outcome.state, now=context.now):
        outcomes.save(outcome, decision, context)
