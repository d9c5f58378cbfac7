"""How ready an outcome is for practice: ten levels in each of four domains, and when a gate warns.

Source: CIMIT, "The Healthcare Innovation Cycle" (gaits.org/foundation): ten levels from need to standard of care in the
clinical, technical, regulatory and business domains, which are to advance together, since technology that runs ahead of
the others is what most often derails an innovation. Which name of a level stands where: docs/research/transfer.md. How
far is too far, and which level a gate wants, are ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args

from chassis.kernel.decision import Decision
from services.research.domain.outcome import ADOPTED, REPORTED, Outcome
from services.research.domain.rating import Rating, Warned
from services.research.domain.refusals import WrongState
from services.research.domain.transfer_refusals import DoesNotTransfer
from services.research.domain.transferring import FATES

Domain = Literal["clinical", "technology", "regulatory", "business"]
DOMAINS: tuple[str, ...] = get_args(Domain)
LEVELS = (
    "need",
    "idea",
    "proof-of-concept",
    "proof-of-feasibility",
    "proof-of-value",
    "initial-clinical-trials",
    "validation-of-solution",
    "approval-and-launch",
    "clinical-use",
    "standard-of-care",
)
"""Level 1 first."""
NOT_RATED = 0

FAR = 3
"""So many levels ahead of another domain are far: that one has then stood still for about a third of the way."""
WANTED: Mapping[str, int] = {"pilot": 5, "adoption": 8}
"""The level that every domain is to have before a gate. A pilot is the initial clinical trial (6), adoption is clinical
use (9): the level before that is to be reached. Of the other gates the levels say nothing."""


def rate(outcome: Outcome, *, domain: str, level: int, ground: str, by: str | None, now: datetime) -> Decision[Outcome]:
    """Says how ready it is in one domain, on what ground; it may be less than before. The earlier ratings are kept.

    Raises `WrongState`, `DoesNotTransfer`.
    """
    if outcome.state not in (REPORTED, ADOPTED):
        raise WrongState(state=outcome.state, command="rate_readiness", fits=[REPORTED, ADOPTED])
    if not (fate := FATES[outcome.type]).transfers:
        raise DoesNotTransfer(type=outcome.type, because=fate.because)
    rated = replace(outcome, ratings=(*outcome.ratings, Rating(domain, level, ground, by, now)))
    return Decision(rated, what="rated", why=f"{domain} {level}: {ground}")


def levels(outcome: Outcome) -> dict[str, int]:
    """The level of each domain by its last rating; 0 for one that nobody has rated."""
    return dict.fromkeys(DOMAINS, NOT_RATED) | {each.domain: each.level for each in outcome.ratings}


def warnings(outcome: Outcome, gate: str) -> Iterator[Warned]:
    """What whoever decides the gate should know; none of it stands against any decision."""
    by_domain = levels(outcome)
    for domain, level in by_domain.items():
        if behind := tuple(other for other, its in by_domain.items() if level - its >= FAR):
            yield Warned("far-ahead", domain, level, behind=behind)
    for domain, level in by_domain.items():
        if level < (wanted := WANTED.get(gate, NOT_RATED)):
            yield Warned("not-ready", domain, level, wanted=wanted)
