"""What is counted of outcomes, summed up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.research.domain.promises import Delivered

AGREEMENT, FIELD, SITE, YEAR = "agreement", "field", "site", "year"
DIMENSIONS = (AGREEMENT, FIELD, SITE, YEAR)


@dataclass(frozen=True)
class Scope:
    """Which outcomes are measured, and `by` which of `DIMENSIONS` apart; what is `None` is any.

    `seen`: only those in which one of these sites took part, or of one of these agreements; `None`: all.
    """

    agreement: str | None = None
    field: str | None = None
    site: str | None = None
    year: int | None = None
    by: tuple[str, ...] = ()
    seen: tuple[frozenset[str], frozenset[str]] | None = None


@dataclass(frozen=True)
class Tally:
    """The sums of one group. `of`: what it has in common, by dimension.

    `counts`: by the figures' paths (see `domain.measuring`), those that are none left out; `adopters`: by site, how
    many it took into use, and `users`: how many it uses still; `days`: to each stage, how often it took so many.
    """

    of: Mapping[str, str | int]
    counts: Mapping[str, int]
    adopters: Mapping[str, int] = field(default_factory=dict)
    users: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


class Measures(Protocol):
    """Sums over all outcomes, exact as of each outcome's last decision."""

    def tallies(self, scope: Scope) -> list[Tally]:
        """One for each group that has any outcome, in no order. By site an outcome is in the group of each of its
        sites.
        """
        ...

    def delivered(self, agreement: str) -> list[Delivered]:
        """The agreement's delivered outcomes, those that are alike together."""
        ...

    def is_complete(self) -> bool:
        """Whether outcomes kept before there were measures are counted, too."""
        ...

    def count_anew(self) -> None:
        """Has every outcome compared with what it is counted for, and the difference made good, bit by bit."""
        ...
