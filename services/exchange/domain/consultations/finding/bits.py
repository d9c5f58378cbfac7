"""Sets of quarters of an hour as whole numbers: bit n stands for the quarter n of a grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.exchange.domain.consultations.quarters import QUARTER


@dataclass(frozen=True)
class Grid:
    """So many quarters, one after the other, from `begins` (UTC, on a quarter)."""

    begins: datetime
    quarters: int

    @property
    def all(self) -> int:
        return ones(self.quarters)

    def at(self, quarter: int) -> datetime:
        return self.begins + quarter * QUARTER

    def within(self, first: datetime, last: datetime) -> int:
        """The quarters that lie wholly between two moments."""
        return self._between(-((self.begins - first) // QUARTER), (last - self.begins) // QUARTER)

    def quarter(self, moment: datetime) -> int:
        """The number of the quarter that the moment lies in; it may lie outside the grid."""
        return (moment - self.begins) // QUARTER

    def _between(self, first: int, last: int) -> int:
        first, last = max(first, 0), min(last, self.quarters)
        return ones(last - first) << first if first < last else 0


def ones(count: int) -> int:
    """The first so many quarters."""
    return (1 << max(count, 0)) - 1


def meeting(quarters: int, length: int) -> int:
    """The starts from which a session of `length` quarters would meet one of `quarters`.

    Each step doubles how far it looks ahead.
    """
    reach, seen = quarters, 1
    while seen < length:
        step = min(seen, length - seen)
        reach |= reach >> step
        seen += step
    return reach


def each(quarters: int) -> Iterator[int]:
    """The numbers of the quarters, in order."""
    while quarters:
        lowest = quarters & -quarters
        yield lowest.bit_length() - 1
        quarters ^= lowest


def digits(quarters: int, count: int) -> str:
    """The first so many quarters, `1` for each that belongs to the set; what walks over all of them reads these."""
    return format(quarters & ones(count), f"0{count}b")[::-1]
