"""What research needs from outside, in its own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded
from contracts.envelope import CloudEvent
from services.research.domain.outcome import Outcome


@dataclass(frozen=True)
class Sought:
    """Which outcomes a list is to show; `None` stands for any. `origin`: of which visit or consultation."""

    origin: str | None = None
    stage: str | None = None


class Outcomes(Documents[Outcome], Protocol):
    """Every outcome."""

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        """Outcomes that the actor may see, newest first, from behind the outcome `after`. Raises `Unknown` for that."""
        ...


class Currencies(Protocol):
    """The currencies of ISO 4217 that one can pay in."""

    def decimals(self, code: str) -> int | None:
        """How many decimals the currency's smallest part has; `None` where there is no such currency."""
        ...


class Mistakes(Protocol):
    """The visits and consultations that were entered in error, as exchange tells of them."""

    def note(self, event: CloudEvent, *, reason: str) -> None:
        """Keeps why the visit or consultation that the event is about should not be there."""
        ...

    def reason(self, origin: str) -> str | None:
        """Why; `None` where no event has said that it was a mistake."""
        ...


class People(Protocol):
    """Copies of the people that exchange owns: their names alone."""

    def keep(self, event: CloudEvent, *, passport_name: str) -> bool:
        """Keeps what a person's event says; false where something as new or newer is kept."""
        ...

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Passport names by id; people whom no event has told of yet are left out."""
        ...
