"""When an outcome wants to be looked at again."""

from chassis.kernel.decision import Due
from services.research.domain import coming_back, expecting, following_up
from services.research.domain.legal import expiring
from services.research.domain.outcome import Outcome


def due(outcome: Outcome) -> tuple[Due, ...]:
    """Every moment, and what is then to be done."""
    return (
        *expecting.due(outcome),
        *coming_back.due(outcome),
        *following_up.due(outcome),
        *expiring.due(outcome),
    )
