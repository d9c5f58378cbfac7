"""What outcomes are compared by."""

from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described
from services.research.domain.outcome import EXPECTED, MERGED, WAIVED, WITHDRAWN, Outcome

NOTHING_TOLD = frozenset({EXPECTED, WAIVED, WITHDRAWN, MERGED})
"""Of these nobody has told anything, or another outcome tells it now: no duplicate is found among them."""


def described(outcome: Outcome) -> Described:
    year = (outcome.details or {}).get("year")
    authors = tuple(each.name for each in outcome.contributors)
    return Described(outcome.title, year if isinstance(year, int) else None, authors, outcome.doi)


def found_by(outcome: Outcome) -> tuple[str, ...]:
    """The keys by which the outcome is found as a duplicate; none where it is none."""
    return () if outcome.state in NOTHING_TOLD else keys_of(described(outcome))
