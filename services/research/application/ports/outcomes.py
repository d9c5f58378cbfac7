"""Outcomes, and what is looked up to read what is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Documents, Loaded, Transaction
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


@dataclass(frozen=True)
class Come:
    """An outcome that has come or has been changed: what it is compared by, and the keys by which it is found."""

    told: Described
    keys: frozenset[str]


class Outcomes(Documents[Outcome], Protocol):
    """Every outcome."""

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        """Outcomes that the actor may see, newest first, from behind the outcome `after`. Raises `Unknown` for that."""
        ...

    def owed(self, seen_by: Actor, owing: Owing, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        """Expected ones that the actor may see, the first due first, from behind `after`. Raises `Unknown` for that."""
        ...

    def described_by_each(self, keys: Sequence[Sequence[str]], *, limit: int) -> list[dict[str, Described]]:
        """For each of several sets of keys, in their order: what is compared of outcomes that are found by any of these
        keys, or of so many of them, by id. None of an import that is not yet applied.
        """
        ...

    def come_since(self, moment: datetime, *, brought_until: datetime) -> dict[str, Come]:
        """Outcomes that somebody has entered or changed since the moment, and those that imports have written from
        then until `brought_until`, by id; none of an import that is not yet applied. There may be others among them.
        """
        ...

    def add_read(self, read: Sequence[tuple[Decision[Outcome], Context]], within: Transaction) -> None:
        """Adds what an import has read, all at once: nobody is told of it, and it counts for nothing yet.

        Raises `WriteConflict` where one of them is there already.
        """
        ...

    def common(self, keys: Sequence[str]) -> dict[str, int]:
        """Of those of the keys that many outcomes share, about how many did when that was last counted; of no other."""
        ...


class Currencies(Protocol):
    """The currencies of ISO 4217 that one can pay in."""

    def decimals(self, code: str) -> int | None:
        """How many decimals the currency's smallest part has; `None` where there is no such currency."""
        ...
