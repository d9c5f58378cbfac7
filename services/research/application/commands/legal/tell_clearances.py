"""A clearance comes to its end."""

from chassis.kernel.context import Context
from services.research.application.law import Law
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.legal.expiring import tell


def tell_clearances(outcome_id: str, context: Context, outcomes: Outcomes, law: Law) -> None:
    """Tells of each that is about to expire, or has; does nothing where it was renewed or is asked for no more."""
    # Not by the command's id: two clearances may have one moment, and what was told of each stands with it.
    outcome = outcomes.load(outcome_id)
    asked_for = {need.requirement.id for need in law.needs(outcome.state)}
    if decision := tell(outcome.state, asked_for, now=context.now):
        outcomes.save(outcome, decision, context)
