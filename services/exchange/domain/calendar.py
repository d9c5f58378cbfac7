"""A site's own calendar: working hours by season and weekday, its own holidays and make-up workdays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Opening = tuple[str, str]
"""From and to, as `HH:MM` at the site; `24:00` ends a day."""


@dataclass(frozen=True)
class Season:
    """Working hours from `first` to `last`, both included.

    `first` and `last` are `MM-DD` (every year; it may run over the new year) or `YYYY-MM-DD` (once, as Ramadan).
    `weekdays`: the hours of each ISO weekday, Monday 1 to Sunday 7; a weekday that is missing is off.
    """

    name: str
    first: str
    last: str
    weekdays: Mapping[int, tuple[Opening, ...]]

    @property
    def is_dated(self) -> bool:
        """Whether it happens once, on the days of one year."""
        return len(self.first) > len("MM-DD")

    def covers(self, day: date) -> bool:
        """Whether the day lies in the season."""
        text = day.isoformat() if self.is_dated else day.isoformat()[5:]
        if self.first <= self.last:
            return self.first <= text <= self.last
        return not self.is_dated and (text >= self.first or text <= self.last)


@dataclass(frozen=True)
class OwnHoliday:
    """A day off that the site keeps by itself; with `works`, a workday where there would be none (a make-up day)."""

    day: date
    name: str
    works: bool = False
