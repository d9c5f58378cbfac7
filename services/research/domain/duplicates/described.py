"""What outcomes are compared by."""

from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described
from services.research.domain.outcome import EXPECTED, MERGED, WAIVED, WITHDRAWN, Outcome
from services.research.domain.references import Reference

NOTHING_TOLD = frozenset({EXPECTED, WAIVED, WITHDRAWN, MERGED})
"""Of these nobody has told anything, or another outcome tells it now: no duplicate is found among them."""


def described(told: Outcome | Reference) -> Described:
    year = (told.details or {}).get("year")
    authors = tuple(each.name for each in told.contributors)
    return Described(told.title, year if isinstance(year, int) else None, authors, told.doi)


def found_by(outcome: Outcome) -> tuple[str, ...]:
    """The keys by which the outcome is found as a duplicate; none where it is none."""
    return () if outcome.state in NOTHING_TOLD else keys_of(described(outcome))
