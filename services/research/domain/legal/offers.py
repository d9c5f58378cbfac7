"""What law gives an actor to do about an outcome, beside its clearances."""

from chassis.kernel.actor import Actor
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import acts_for, decides


def offered_by_law(outcome: Outcome, actor: Actor) -> list[str]:
    """Names of commands; those about one requirement stand with its clearance."""
    may = {"state_directions": decides(actor, outcome), "open_track": acts_for(actor, *outcome.sites)}
    goes = outcome.is_live and len(outcome.sites) > 1
    return [command for command, is_offered in may.items() if is_offered and goes]
