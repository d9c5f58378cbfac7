"""Finding the outcomes that may be one with what somebody describes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from services.research.application.ports.outcomes import Outcomes
from services.research.domain.duplicates.commonness import rarest
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described, Likeness, is_out_of_question, likeness
from services.research.domain.outcome import Outcome

MOST_COMPARED = 1_000
"""A bound: outcomes that share a key are far fewer where it is known which keys are common."""
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
    (candidates,) = candidates_of([sought], outcomes)
    return among(candidates, sought, outcomes, may_see, besides)


def candidates_of(sought: Iterable[Described | None], outcomes: Outcomes) -> list[dict[str, Described]]:
    """Of each the outcomes that share a key with it by which is searched, by id; none of what is not described."""
    keys = [keys_of(each) if each else () for each in sought]
    common = outcomes.common(sorted({key for each in keys for key in each}))
    return outcomes.described_by_each([rarest(each, common) for each in keys], limit=MOST_COMPARED)


def among(
    candidates: Mapping[str, Described],
    sought: Described,
    outcomes: Outcomes,
    may_see: Callable[[Outcome], bool],
    besides: str = "",
) -> list[Found]:
    """The same among those that share a key with it."""
    near = {each: other for each, other in candidates.items() if not is_out_of_question(sought, other)}
    scored = {each: likeness(sought, other) for each, other in near.items() if each != besides}
    likely = {each: found for each, found in scored.items() if found.verdict}
    standing = outcomes.named(likely) if likely else {}
    seen = [Found(each, state, likely[each]) for each, state in standing.items() if may_see(state)]
    return sorted(seen, key=lambda found: (found.likeness.place, found.id))[:MOST_FOUND]
