"""Copies of what exchange owns or has told."""

from collections.abc import Iterable
from typing import Protocol

from contracts.envelope import CloudEvent


class Mistakes(Protocol):
    """The visits and consultations that were entered in error, as exchange tells of them."""

    def note(self, event: CloudEvent, *, reason: str) -> None:
        """Keeps why the visit or consultation that the event is about should not be there."""
        ...

    def reason(self, origin: str) -> str | None:
        """Why; `None` where no event has said that it was a mistake."""
        ...


class People(Protocol):
    """Copies of the people that exchange owns: their names and sites alone."""

    def keep(self, event: CloudEvent, *, passport_name: str, sites: Iterable[str] = ()) -> bool:
        """Keeps what a person's event says; false where something as new or newer is kept."""
        ...

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Passport names by id; people whom no event has told of yet are left out."""
        ...

    def sites(self, person: str) -> frozenset[str] | None:
        """The sites that the person belongs to; `None` where no event has told of them yet."""
        ...
