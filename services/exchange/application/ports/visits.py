"""Where visits are kept, and the chance by which seats are picked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded, Past, Transaction
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.closing import TakenPlaces
from services.exchange.domain.reporting.report import Subject
from services.exchange.domain.visit import Visit


class Visits(Documents[Visit], Protocol):
    """Every visit."""

    def held_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that some visit holds."""
        ...

    def holding_places(self, department: str, within: Transaction | None = None) -> list[Loaded[Visit]]:
        """Visits that hold a place of the department on any day, by id; as the transaction sees them."""
        ...

    def seats_held(self, departments: Iterable[str], first: date, last: date) -> frozenset[str]:
        """The keys of all seat-days of the departments that some visit holds, from `first` to `last`, both included."""
        ...

    def of_people(self, people: Iterable[str]) -> list[Visit]:
        """The visits of any of these people that hold or took place, oldest first."""
        ...

    def hosts_of(self, person: str) -> frozenset[str]:
        """Sites that host the person on a visit that holds: pending, booked or under way."""
        ...

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Visit]]:
        """Visits that the actor may see, newest first, from behind the visit `after`."""
        ...

    def beyond(self, agreement: Agreement, limit: int) -> list[Loaded[Visit]]:
        """Visits still to come or under way that the agreement, as it stands, does not cover; by their departure.

        See `domain.uncovered`.
        """
        ...

    def of_year(self, subject: Subject, year: int, moment: datetime, limit: int) -> list[Past[Visit]]:
        """Those of the agreement, or from or to the site, as they stood then; the first `limit` by id.

        Among them is every one whose planned arrival lay in the year then; others lay in it before or after.
        """
        ...


class ClosedPlaces(Documents[TakenPlaces], Protocol):
    """The places that closed periods take: on the visits' own shelf, where no place is held twice."""


class Dice(Protocol):
    """Chance, so that writers who race for seats seldom want the same one."""

    def shuffled(self, seats: Sequence[int]) -> list[int]: ...
