"""What an actor may do with an outcome as it stands, so that a page offers no more than the rules allow."""

from chassis.kernel.actor import Actor
from services.research.domain.outcome import ADOPTION, EXPECTED, REPORTED, Outcome
from services.research.domain.permissions import acts_for, decides, reports


def offered(outcome: Outcome, actor: Actor) -> list[str]:
    """Names of commands; the gate to decide is that of the outcome's stage."""
    if outcome.state == EXPECTED:
        return ["report_outcome"] if reports(actor, outcome) else []
    if outcome.state != REPORTED:
        return []
    if outcome.stage == ADOPTION:
        return ["confirm_adoption"] if acts_for(actor, *outcome.sites) else []
    return ["decide_gate"] if decides(actor, outcome) else []
