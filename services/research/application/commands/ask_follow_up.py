"""The day came on which a hospital is to say whether it still uses an outcome."""

from chassis.kernel.context import Context
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.following_up import ask


def ask_follow_up(outcome_id: str, context: Context, outcomes: Outcomes) -> None:
    """Asks for what is due; does nothing where that was asked for, or said, or the use ended, meanwhile."""
    outcome = outcomes.load(outcome_id)
    if decision := ask(outcome.state, now=context.now):
        outcomes.save(outcome, decision, context)
