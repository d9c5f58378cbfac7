"""Outcomes, and what is looked up to read what is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded
from services.research.domain.duplicates.scoring import Described
from services.research.domain.outcome import Outcome


@dataclass(frozen=True)
class Sought:
    """Which outcomes a list is to show; `None` stands for any. `origin`: of which visit or consultation."""

    origin: str | None = None
    stage: str | None = None
    state: str | None = None
    type: str | None = None
    responsible: str | None = None


@dataclass(frozen=True)
class Owing:
    """Which expected outcomes: whose, and due from which day until which; `None` stands for any."""

    responsible: str | None = None
    since: date | None = None
    until: date | None = None


class Outcomes(Documents[Outcome], Protocol):
    """Every outcome."""

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        """Outcomes that the actor may see, newest first, from behind the outcome `after`. Raises `Unknown` for that."""
        ...

    def owed(self, seen_by: Actor, owing: Owing, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        """Expected ones that the actor may see, the first due first, from behind `after`. Raises `Unknown` for that."""
        ...

    def described_by(self, keys: Sequence[str], *, limit: int) -> dict[str, Described]:
        """What is compared of outcomes that are found by any of the keys, or of so many of them, by id.

        None of an import that is not yet applied.
        """
        ...


class Currencies(Protocol):
    """The currencies of ISO 4217 that one can pay in."""

    def decimals(self, code: str) -> int | None:
        """How many decimals the currency's smallest part has; `None` where there is no such currency."""
        ...
