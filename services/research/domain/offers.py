"""What an actor may do with an outcome as it stands, so that a page offers no more than the rules allow."""

from chassis.kernel.actor import Actor
from services.research.domain.attributing import ATTRIBUTABLE
from services.research.domain.claiming import CLAIMABLE
from services.research.domain.merging import KEPT
from services.research.domain.outcome import ADOPTED, ADOPTION, EXPECTED, REPORTED, UNCLAIMED, Outcome
from services.research.domain.permissions import acts_for, decides, reports
from services.research.domain.publicity import kept_back, stands
from services.research.domain.settling import waits_to_be_settled
from services.research.domain.transferring import transfers


def offered(outcome: Outcome, actor: Actor, in_place_of: str | None = None) -> list[str]:
    """Names of commands; the gate to decide is the outcome's next. `in_place_of`: whose delegate the actor is.

    With which other one it is merged, and which of the two is kept, hangs on both.
    """
    answers = reports(actor, outcome, in_place_of)
    may = {
        "claim_outcome": outcome.state in CLAIMABLE and answers,
        "reject_outcome": outcome.state == UNCLAIMED and answers,
        "report_outcome": outcome.state == EXPECTED and answers,
        "correct_outcome": outcome.state in (REPORTED, ADOPTED) and answers,
        "attribute_outcome": outcome.state in ATTRIBUTABLE and answers,
        "settle_outcome": waits_to_be_settled(outcome) and acts_for(actor, *outcome.sites),
        "waive_outcome": outcome.state == EXPECTED and acts_for(actor, *outcome.sites),
        "decide_gate": outcome.next_gate is not None and decides(actor, outcome),
        "rate_readiness": outcome.state in (REPORTED, ADOPTED) and transfers(outcome.type) and decides(actor, outcome),
        "confirm_adoption": acts_for(actor, *_could_adopt(outcome)),
        "end_adoption": acts_for(actor, *_using(outcome)),
        "record_follow_up": acts_for(actor, *_asked(outcome)),
        "publish_outcome": _could_be_public(outcome) and reports(actor, outcome),
        "unpublish_outcome": bool(outcome.public) and reports(actor, outcome),
        "merge_outcomes": outcome.state in KEPT and reports(actor, outcome),
    }
    return [command for command, is_offered in may.items() if is_offered]


def _could_adopt(outcome: Outcome) -> set[str]:
    """Sites that do not use it yet, once all gates let it through, and while nobody doubts what it came of."""
    stands = outcome.state == ADOPTED or (outcome.state == REPORTED and transfers(outcome.type))
    if outcome.questioned:
        return set()
    return set(outcome.sites) - _using(outcome) if stands and outcome.stage == ADOPTION else set()


def _using(outcome: Outcome) -> set[str]:
    return {each.site for each in outcome.adoptions if each.ended_on is None and outcome.state == ADOPTED}


def _asked(outcome: Outcome) -> set[str]:
    """Sites that a follow-up was asked of, and that have not answered."""
    return _using(outcome) & {each.site for each in outcome.adoptions if set(each.asked) & set(each.awaited)}


def _could_be_public(outcome: Outcome) -> bool:
    return not outcome.public and stands(outcome) and not kept_back(outcome)
