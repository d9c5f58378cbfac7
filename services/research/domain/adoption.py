"""A hospital's use of an outcome, and what it says of that after half a year and a year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

FOLLOWED_UP_AFTER = (6, 12)
"""Calendar months after a hospital took it into use."""


@dataclass(frozen=True)
class FollowUp:
    """What the hospital says so many `months` after: whether it is still in use, and for how many since the last time.

    `patients`, `procedures`: numbers alone; nothing where nobody counted.
    """

    months: int
    in_use: bool
    patients: int | None
    procedures: int | None
    note: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Adoption:
    """A hospital uses it since `adopted_on`, a calendar day there, and until `ended_on`, if that is over.

    `patients`, `procedures`: how many by the confirmation, numbers alone; nothing where nobody counted. `guideline`:
    which one was changed for it; empty where none was. `asked`: the follow-ups whose day has come and was told.
    """

    site: str
    adopted_on: date
    patients: int | None = None
    procedures: int | None = None
    guideline: str = ""
    note: str = ""
    by: str | None = None
    at: datetime | None = None
    ended_on: date | None = None
    end_reason: str = ""
    asked: tuple[int, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def due_on(self, months: int) -> date:
        """The day of a follow-up; the month's last where that month has no such day."""
        return months_after(self.adopted_on, months)

    @property
    def awaited(self) -> tuple[int, ...]:
        """The follow-ups that are still to come, in months; none once its use has ended."""
        latest = max((each.months for each in self.follow_ups), default=0)
        return tuple(months for months in FOLLOWED_UP_AFTER if months > latest and self.ended_on is None)

    def said(self, months: int) -> FollowUp | None:
        """What the hospital said at this follow-up, in its own words."""
        return next((each for each in self.follow_ups if each.months == months), None)

    def covering(self, months: int) -> FollowUp | None:
        """The later follow-up that was said first: its counts are since the last time, and so tell of these, too."""
        if self.said(months):
            return None
        return next((each for each in self.follow_ups if each.months > months), None)


def months_after(day: date, months: int) -> date:
    """The same day of a later calendar month: 28 February (or 29) six months after 31 August."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
