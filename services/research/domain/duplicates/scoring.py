"""How likely it is that two descriptions are of one and the same outcome.

By DOI, else by title, year and authors. The weights are chosen so that `benchmarks/duplicates.py` finds what it should:
it prints how much of generated variants is found, and how much that is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from services.research.domain.duplicates import names, titles

SAME, LIKELY, POSSIBLE = "same", "likely", "possible"
LEAST_LIKELY, LEAST_POSSIBLE = 0.85, 0.7
"""Scores from which on two are `likely`, or `possibly`, one. `same` are those whose DOIs are equal, and no others."""

_OTHER_YEAR, _NEXT_YEAR, _OTHER_AUTHORS, _UNTOLD = 0.2, 0.05, 0.3, 0.05
"""What the score loses by it. What is printed at the turn of a year has appeared in either, but
an `Editorial` of the next year is the next one."""
_SUPPORT = 0.35
"""So much of what the titles lack is made up for by the same authors, where neither year nor words speak against."""
_OTHER_DOI = 0.8
"""Two DOIs are two things, or one that has two: a preprint and its article."""


_MOST_OF_A_TITLE = 500
"""Characters. What is compared word by word takes the square of their number: no outcome has a longer title."""
_MOST_AUTHORS = 100
"""The first of them. Papers of physics have three thousand, and a list that is cut short is as good."""


@dataclass(frozen=True)
class Described:
    """What outcomes are compared by; what is not known is empty, or `None`."""

    title: str
    year: int | None = None
    authors: tuple[str, ...] = ()
    doi: str = ""

    @cached_property
    def names(self) -> frozenset[names.Name]:
        return names.names_of(self.authors[:_MOST_AUTHORS])

    @cached_property
    def words(self) -> titles.Title:
        return titles.title_of(self.title[:_MOST_OF_A_TITLE])

    @cached_property
    def folded_doi(self) -> str:
        """DOIs are equal whatever the case of their ASCII letters (DOI Handbook, 2.4)."""
        return "".join(each.lower() if each.isascii() else each for each in self.doi)


@dataclass(frozen=True)
class Grounds:
    """How alike each is, 0 to 1; `None` where one of the two does not tell it."""

    doi: float | None
    title: float
    year: float | None
    authors: float | None


@dataclass(frozen=True)
class Likeness:
    """`score`: 0 to 1, the same either way round, and 1 of what is compared with itself."""

    score: float
    grounds: Grounds = field(compare=False)

    @property
    def verdict(self) -> str | None:
        """`same`, `likely`, `possible`, or nothing."""
        if self.grounds.doi == 1:
            return SAME
        return next((name for least, name in _VERDICTS if self.score >= least), None)

    @property
    def place(self) -> tuple[bool, float]:
        """Where it stands among others, the likeliest first: one of the same DOI before one that reads the same."""
        return self.verdict != SAME, -self.score


_VERDICTS: Sequence[tuple[float, str]] = ((LEAST_LIKELY, LIKELY), (LEAST_POSSIBLE, POSSIBLE))


def likeness(one: Described, other: Described) -> Likeness:
    grounds = Grounds(
        _doi(one, other), titles.similarity(one.words, other.words), _year(one, other), _authors(one, other)
    )
    if grounds.doi == 1:
        return Likeness(1.0, grounds)
    score = _supported(one, other, grounds) * (
        1 - _lost_by_year(one, other, grounds) - _lost_by_authors(one, other, grounds)
    )
    return Likeness(round(score * (_OTHER_DOI if grounds.doi == 0 else 1), 4), grounds)


def is_out_of_question(one: Described, other: Described) -> bool:
    """Whether `likeness` would have no verdict on them. It is told at once, of most that share a key."""
    if one.doi and _doi(one, other) == 1:
        return False
    title = titles.most_alike(one.words, other.words)
    support = _SUPPORT if one.authors and other.authors else 0
    return round(title + (1 - title) * support, 4) < LEAST_POSSIBLE


def _supported(one: Described, other: Described, grounds: Grounds) -> float:
    against = not grounds.year or titles.tell_of_others(one.words, other.words)
    return grounds.title + (1 - grounds.title) * (0 if against else _SUPPORT * (grounds.authors or 0))


def _lost_by_year(one: Described, other: Described, grounds: Grounds) -> float:
    if grounds.year is None:
        return _UNTOLD if one.year != other.year else 0
    next_year = _NEXT_YEAR if one.words.stands_alone and other.words.stands_alone else _OTHER_YEAR
    return {1.0: 0, 0.5: next_year}.get(grounds.year, _OTHER_YEAR)


def _lost_by_authors(one: Described, other: Described, grounds: Grounds) -> float:
    if grounds.authors is None:
        return _UNTOLD if one.names or other.names else 0
    return _OTHER_AUTHORS * (1 - grounds.authors)


def _doi(one: Described, other: Described) -> float | None:
    return float(one.folded_doi == other.folded_doi) if one.doi and other.doi else None


def _year(one: Described, other: Described) -> float | None:
    if one.year is None or other.year is None:
        return None
    return {0: 1.0, 1: 0.5}.get(abs(one.year - other.year), 0.0)


def _authors(one: Described, other: Described) -> float | None:
    return names.similarity(one.names, other.names) if one.names and other.names else None
