"""Where sites and people are kept, and the public holidays of their countries."""

from typing import Protocol

from chassis.kernel.documents import Documents, Loaded, Transaction
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


class Sites(Documents[Site], Protocol):
    """Every site."""

    def all(self) -> list[Loaded[Site]]:
        """Every site, oldest first."""
        ...

    def has_seats(self, site_id: str, department: str, seats: int, within: Transaction) -> bool:
        """Whether the department has so many seats, and until the transaction ends it neither loses nor gives any.

        Of two transactions that ask this of one site at the same time one waits, or is run again.
        """
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


class Calendars(Protocol):
    """The public holidays of countries."""

    def days(self, country: str, year: int) -> Calendar:
        """Holidays and make-up workdays of the year, by day; none for a country that is not known."""
        ...
