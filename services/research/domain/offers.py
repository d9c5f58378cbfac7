"""What an actor may do with an outcome as it stands, so that a page offers no more than the rules allow."""

from chassis.kernel.actor import Actor
from services.research.domain.outcome import ADOPTED, ADOPTION, EXPECTED, REPORTED, Outcome
from services.research.domain.permissions import acts_for, decides, reports
from services.research.domain.publicity import kept_back, stands


def offered(outcome: Outcome, actor: Actor) -> list[str]:
    """Names of commands; the gate to decide is the outcome's next."""
    may = {
        "report_outcome": outcome.state == EXPECTED and reports(actor, outcome),
        "correct_outcome": outcome.state in (REPORTED, ADOPTED) and reports(actor, outcome),
        "waive_outcome": outcome.state == EXPECTED and acts_for(actor, *outcome.sites),
        "decide_gate": outcome.next_gate is not None and decides(actor, outcome),
        "confirm_adoption": _waits_for_adoption(outcome) and acts_for(actor, *outcome.sites),
        "publish_outcome": _could_be_public(outcome) and reports(actor, outcome),
        "unpublish_outcome": bool(outcome.public) and reports(actor, outcome),
    }
    return [command for command, is_offered in may.items() if is_offered]


def _waits_for_adoption(outcome: Outcome) -> bool:
    return outcome.state == REPORTED and outcome.stage == ADOPTION


def _could_be_public(outcome: Outcome) -> bool:
    return not outcome.public and stands(outcome) and not kept_back(outcome)
