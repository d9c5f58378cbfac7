"""Finding the outcomes that may be one with what somebody describes."""

from collections.abc import Callable
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
    keys = keys_of(sought)
    candidates = outcomes.described_by(keys, limit=MOST_COMPARED) if keys else {}
    scored = {each: likeness(sought, other) for each, other in candidates.items() if each != besides}
    likely = {each: found for each, found in scored.items() if found.verdict}
    standing = outcomes.named(likely)
    seen = [Found(each, state, likely[each]) for each, state in standing.items() if may_see(state)]
    return sorted(seen, key=lambda found: (found.likeness.place, found.id))[:MOST_FOUND]
