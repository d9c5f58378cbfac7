"""One import being planned: what its rows are decided on, and as whom."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from services.exchange.application.booking import Booking
from services.exchange.application.importing.agreed import Agreed
from services.exchange.application.importing.gathering import Gathered, Writes
from services.exchange.application.importing.gathering_ledgers import GatheredLedgers
from services.exchange.application.importing.gathering_sites import GatheredSites
from services.exchange.application.importing.gathering_visits import GatheredVisits
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.importing import Import
from services.exchange.domain.importing_rows import CHANGED, Change, Planned, Problem, Row, shortened
from services.exchange.domain.person import Person

_OF_TIME = 12
"""Hexadecimal digits of a time-ordered id that say when it was made."""


@dataclass(frozen=True)
class Shelves:
    """Everything that rows become, and that they refer to."""

    sites: Sites
    people: People
    agreements: Agreements
    visits: Visits
    ledgers: Ledgers
    booking_on: Callable[[Visits, Ledgers], Booking]
    """Keeps visits and quota in step, on shelves that are given."""


class CellRefused(Exception):
    """A refusal, and the column whose cell led to it."""

    def __init__(self, column: str, refusal: Refusal) -> None:
        super().__init__(column, refusal)
        self.column, self.refusal = column, refusal


class Work:
    """Commands of one import are decided here; `gathered` then holds all that is to be written."""

    def __init__(self, import_id: str, actor: Actor, now: datetime, shelves: Shelves) -> None:
        self._import_id, self.actor, self.now = import_id, actor, now
        self.shelves = shelves
        self.sites = GatheredSites(shelves.sites, shelves.visits, now)
        self.people: Gathered[Person] = Gathered(shelves.people)
        self.agreements: Gathered[Agreement] = Gathered(shelves.agreements, lambda agreement: agreement.state)
        self.visits = GatheredVisits(shelves.visits)
        self.ledgers = GatheredLedgers(shelves.ledgers)
        self.quota = Quota(self.agreements, shelves.ledgers, self.sites)
        self.booking = shelves.booking_on(cast("Visits", self.visits), cast("Ledgers", self.ledgers))

    @property
    def gathered(self) -> tuple[Writes, ...]:
        """In the order in which they are to be written."""
        return self.sites, self.people, self.agreements, self.visits, self.ledgers

    @cached_property
    def agreed(self) -> Agreed:
        """The agreements that rows name."""
        return Agreed([each.state for each in self.shelves.agreements.all()])

    def context(self, sheet: str, key: str, expected_version: int | None = None) -> Context:
        """The circumstances of one row's command: its id is made of import, sheet and key, so that a repeat is one."""
        command_id = self.command_id(sheet, key)
        return Context(command_id, self.actor, self.now, expected_version, correlation_id=derived(self._import_id))

    def command_id(self, sheet: str, key: str) -> str:
        """What the row makes sorts where the import does: ids are ordered by time, and begin with it."""
        own, of_the_import = derived(self._import_id, sheet, key), self._import_id.partition("_")[2]
        return of_the_import[:_OF_TIME] + own[_OF_TIME:] if len(of_the_import) == len(own) else own


def importer_of(imported: Import) -> Actor:
    """Who asked for it, as they were then."""
    return imported.importer.actor


@dataclass(frozen=True)
class Decided:
    """What becomes of a row, and what stands against it."""

    planned: Planned
    problems: tuple[Problem, ...] = ()


@contextmanager
def in_column(column: str) -> Iterator[None]:
    """Whatever is refused within is put down to the column's cell."""
    try:
        yield
    except Refusal as refusal:
        raise CellRefused(column, refusal) from None


def planned(row: Row, key: str, action: str) -> Planned:
    """What becomes of a row that changes nothing that stands."""
    return Planned(row.sheet, row.number, key, action)


def changing(row: Row, key: str, before: Mapping[str, str], after: Mapping[str, str], seen: int) -> Planned:
    """The row changes a document that stands in the version `seen`; its cells were `before` and will be `after`."""
    changes = changes_of(row, before, after)
    return Planned(row.sheet, row.number, key, CHANGED, tuple(each.column for each in changes), seen, changes)


def changes_of(row: Row, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """The row's cells that become others, as an export writes them: `Gilgit` and `Gilgit [PK]` are the same."""
    cells = ((column, before.get(column, ""), after.get(column, "")) for column in row.cells)
    return tuple(Change(column, shortened(was), shortened(will)) for column, was, will in cells if was != will)


def differing(row: Row, before: Mapping[str, str]) -> tuple[str, ...]:
    """The columns in which the row says something else."""
    return tuple(name for name, value in row.cells.items() if before.get(name, "") != value)
