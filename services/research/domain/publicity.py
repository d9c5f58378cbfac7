"""Outcomes that anybody may read of: those that their people made public, for as long as they stand."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain.outcome import ADOPTED, REPORTED, Outcome
from services.research.domain.publicity_refusals import NotForThePublic
from services.research.domain.refusals import WrongState

PUBLIC = "public"
OF_PEOPLE = "skills-and-people"
"""It tells of those who learnt, and not of what was found."""


def publish(outcome: Outcome, *, consent: str) -> Decision[Outcome]:
    """Whoever asks is told of it from now on. `consent`: who agreed to that.

    Raises `WrongState`, `NotForThePublic`.
    """
    if outcome.public or not stands(outcome):
        raise WrongState(state=_word(outcome), command="publish_outcome", fits=[REPORTED, ADOPTED])
    if why := kept_back(outcome):
        raise NotForThePublic(why=why)
    return Decision(replace(outcome, public=True), what="published", why=consent)


def unpublish(outcome: Outcome, *, reason: str) -> Decision[Outcome]:
    """Nobody outside is told of it any more, but that it is gone. Raises `WrongState`."""
    if not outcome.public:
        raise WrongState(state=_word(outcome), command="unpublish_outcome", fits=[PUBLIC])
    return Decision(replace(outcome, public=False), what="unpublished", why=reason)


def is_told(outcome: Outcome) -> bool:
    """Whether whoever asks is told of it now: its people may have corrected it since, or its origin be questioned."""
    return bool(outcome.public) and stands(outcome) and not kept_back(outcome)


def stands(outcome: Outcome) -> bool:
    return outcome.state in (REPORTED, ADOPTED) and not outcome.questioned


def kept_back(outcome: Outcome) -> str:
    """Why an outcome like this is not for the public; nothing where it may be."""
    details = outcome.details
    if details is None:
        return "NoDetails"
    if outcome.type == OF_PEOPLE:
        return "OfPeople"
    return "InConfidence" if details.get("kind") == "trade-secret" or details.get("licensed") == "in-confidence" else ""


def _word(outcome: Outcome) -> str:
    """What stands in the way, or that nothing does."""
    if outcome.public:
        return PUBLIC
    return "questioned" if outcome.questioned else outcome.state
