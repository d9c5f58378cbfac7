"""The calendar files that events brought, kept for messages that are sent once more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.notify.domain.brought_calendars import BroughtCalendars


class CalendarsBrought(Protocol):
    """What each event brought. Every method raises `Unavailable` when the store does not answer."""

    def keep(self, new: Sequence[BroughtCalendars], now: datetime) -> None:
        """Keeps those that are not kept yet, in one go; none that names whoever was erased."""
        ...

    def about(self, subject: str) -> list[BroughtCalendars]:
        """All that was brought about a visit or consultation."""
        ...

    def forget(self, before: datetime, limit: int) -> int:
        """Deletes what was kept before a moment, at most `limit`; returns how many."""
        ...
