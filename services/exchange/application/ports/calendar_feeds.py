"""Where calendar addresses are kept, and what is asked of many bookings for a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
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
class FeedLine:
    """A booking as far as it says whether a feed has changed. `people` and `sites`: whom its entry may name."""

    id: str
    version: int
    people: frozenset[str]
    sites: frozenset[str]


class FeedLines(Protocol):
    """What a feed tells of, without its content."""

    def lines(self, kind: str, subject: str, since: datetime, limit: int) -> list[FeedLine]:
        """Bookings of the subject that end after `since`: the newest `limit` visits, and so many consultations.

        Those that only wait for their time, or were entered in error, are not among them.
        """
        ...

    def revisions(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        """The versions of these people and sites."""
        ...
