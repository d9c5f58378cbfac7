"""What the exchange needs from outside, in its own words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded, Transaction
from chassis.kernel.errors import KhunjerabError
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.closing import TakenPlaces
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.ledger import Ledger, Move
from services.exchange.domain.letter import Letter
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit


class Visits(Documents[Visit], Protocol):
    """Every visit."""

    def held_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that some visit holds."""
        ...

    def holding_places(self, department: str) -> list[Loaded[Visit]]:
        """Visits that hold a place of the department on any day, by id."""
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


class ClosedPlaces(Documents[TakenPlaces], Protocol):
    """The places that closed periods take: on the visits' own shelf, where no place is held twice."""


class Agreements(Documents[Agreement], Protocol):
    """Every agreement."""

    def all(self) -> list[Loaded[Agreement]]:
        """Every agreement, newest first."""
        ...


class Sites(Documents[Site], Protocol):
    """Every site."""

    def all(self) -> list[Loaded[Site]]:
        """Every site, oldest first."""
        ...


class People(Documents[Person], Protocol):
    """Every person."""

    def all(self) -> list[Loaded[Person]]:
        """Everybody, by passport name."""
        ...


class Travellers(People, Protocol):
    """Every person, and those who have a passport."""

    def with_passport(self, *, after: str | None, limit: int) -> list[Loaded[Person]]:
        """People of whom a passport is kept, by id, from behind the person `after`."""
        ...


class Ledgers(Protocol):
    """The quota ledgers. What is taken within a transaction stands or falls with it."""

    def open(self, ledgers: Sequence[Ledger], within: Transaction) -> None:
        """Keeps new ledgers."""
        ...

    def load(self, ledger_id: str) -> Ledger:
        """Raises `Unknown`."""
        ...

    def of_agreement(self, agreement_id: str) -> list[Ledger]:
        """All of an agreement's, by condition and year."""
        ...

    def promise(self, wanted: Ledger, within: Transaction) -> None:
        """Makes the ledger of that id promise what `wanted` promises, for its days, and opens it; what is taken stays.

        Raises `PromiseBelowBooked` where less is promised than is taken, `Unknown`.
        """
        ...

    def close(self, ledger_id: str, within: Transaction) -> None:
        """From now on it takes no more bookings."""
        ...

    def move(self, move: Move, within: Transaction) -> None:
        """Moves both accounts. More is held only where so much is left; what has happened is counted in any case.

        Raises `QuotaExceeded`, `QuotaClosed`, `AgreementNotInEffect` for days that it does not cover, `Unknown`.
        """
        ...

    def count_outcome(self, ledger_id: str, *, effect: str) -> None:
        """Counts one reported outcome, once for each `effect` id. Raises `Unknown`."""
        ...


class Letters(Documents[Letter], Protocol):
    """Every letter of invitation."""

    def of_visit(self, visit_id: str) -> list[Loaded[Letter]]:
        """A visit's letters, oldest first."""
        ...

    def standing(self, visit_id: str, person: str) -> Loaded[Letter] | None:
        """The one letter that stands for the visitor."""
        ...

    def count(self, visit_id: str, person: str) -> int:
        """How many letters the visitor was ever sent for the visit."""
        ...

    def with_code(self, code: str) -> Letter | None:
        """The letter that bears the code."""
        ...


class Codes(Protocol):
    """Codes that nobody can guess."""

    def fresh(self) -> str: ...


class SealBroken(KhunjerabError):
    """What was sealed cannot be opened with any of the keys: a key is missing, or somebody changed it."""


class Seals(Protocol):
    """Keeps what may stand in no clear text anywhere. What opens raises `SealBroken` where no key fits."""

    def sealed(self, text: str) -> str:
        """The text, sealed."""
        ...

    def opened(self, sealed: str) -> str:
        """The text that was sealed."""
        ...

    def is_current(self, sealed: str) -> bool:
        """Whether it is sealed with the key that seals now."""
        ...

    def resealed(self, sealed: str) -> str:
        """The same, sealed with the key that seals now."""
        ...

    def sealed_bytes(self, content: bytes) -> str:
        """A file, sealed."""
        ...

    def opened_base64(self, sealed: str) -> str:
        """A sealed file, in base64."""
        ...


class Printer(Protocol):
    """Makes a letter a PDF."""

    def pdf(self, letter: Letter, passport: str) -> bytes: ...


class Dice(Protocol):
    """Chance, so that writers who race for seats seldom want the same one."""

    def shuffled(self, seats: Sequence[int]) -> list[int]: ...


class Calendars(Protocol):
    """The public holidays of countries."""

    def days(self, country: str, year: int) -> Calendar:
        """Holidays and make-up workdays of the year, by day; none for a country that is not known."""
        ...
