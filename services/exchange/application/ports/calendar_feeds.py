"""Where calendar addresses are kept, and what is asked of many bookings for a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from services.exchange.application.ports.calendar_files import Revision
from services.exchange.domain.calendar_address import CalendarAddress


class CalendarAddresses(Documents[CalendarAddress], Protocol):
    """Every calendar address."""

    def with_secret(self, secret: str) -> CalendarAddress | None:
        """The one whose secret has this hash, revoked or not."""
        ...

    def page(self, owner: str | None, *, after: str | None, limit: int) -> list[Loaded[CalendarAddress]]:
        """Those of the owner, or of everybody, oldest first, from behind the address `after`."""
        ...

    def open_of(self, owner: str) -> int:
        """How many the owner has that are not revoked."""
        ...


@dataclass(frozen=True)
class Change:
    """A booking, person or site as it stands since it changed.

    `concerns`: people, sites, a department and an agreement whose feeds may tell of it; none of a person or site.
    """

    of: Revision
    concerns: frozenset[str] = frozenset()


class FeedLines(Protocol):
    """Which bookings a feed may tell of, in which version: without their content."""

    def visits(self, kind: str, subject: str, since: date, limit: int) -> list[Revision]:
        """Of the subject's newest `limit` visits those that were not entered in error.

        All that end on `since` or later are among them; others may be.
        """
        ...

    def consultations(self, kind: str, subject: str, limit: int) -> list[Revision]:
        """Of the subject's newest `limit` consultations those that were not entered in error and do not only wait."""
        ...

    def named(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        """The versions of these people and sites."""
        ...

    def changed(self, since: datetime, limit: int) -> list[Change]:
        """Bookings, people and sites whose last decision was made at `since` or later, up to `limit` of each."""
        ...
