"""Finding the outcomes that may be one with what somebody describes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.research.application.ports.outcomes import Outcomes
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described, Likeness, likeness
from services.research.domain.outcome import Outcome

MOST_COMPARED = 1_000
"""More share a key only by words that say nothing; what is certainly the same is found by its DOI first."""
MOST_FOUND = 20


@dataclass(frozen=True)
class Found:
    """An outcome that may be the one described."""

    id: str
    state: Outcome
    likeness: Likeness


def duplicates_of(
    sought: Described, outcomes: Outcomes, may_see: Callable[[Outcome], bool], besides: str = ""
) -> list[Found]:
    """Those that are at least possibly the same, the likeliest first. `besides`: which outcome is no duplicate."""
    candidates = outcomes.described_by_each([keys_of(sought)], limit=MOST_COMPARED)[0]
    return among(candidates, sought, outcomes, may_see, besides)


def among(
    candidates: Mapping[str, Described],
    sought: Described,
    outcomes: Outcomes,
    may_see: Callable[[Outcome], bool],
    besides: str = "",
) -> list[Found]:
    """The same among those that share a key with it."""
    scored = {each: likeness(sought, other) for each, other in candidates.items() if each != besides}
    likely = {each: found for each, found in scored.items() if found.verdict}
    standing = outcomes.named(likely) if likely else {}
    seen = [Found(each, state, likely[each]) for each, state in standing.items() if may_see(state)]
    return sorted(seen, key=lambda found: (found.likeness.place, found.id))[:MOST_FOUND]
