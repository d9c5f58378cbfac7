"""One import being planned: what its rows are decided on, and as whom."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from services.exchange.application.importing.gathering import Gathered
from services.exchange.application.ports import Agreements, Ledgers, People, Sites, Visits
from services.exchange.domain.importing import CHANGED, Import, Planned, Row
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


@dataclass(frozen=True)
class Shelves:
    """Everything that rows become, and that they refer to."""

    sites: Sites
    people: People
    agreements: Agreements
    visits: Visits
    ledgers: Ledgers


class CellRefused(Exception):
    """A refusal, and the column whose cell led to it."""

    def __init__(self, column: str, refusal: Refusal) -> None:
        super().__init__(column, refusal)
        self.column, self.refusal = column, refusal


class Work:
    """Commands of one import are decided here; `gathered` then holds all that is to be written."""

    def __init__(self, import_id: str, actor: Actor, now: datetime, shelves: Shelves) -> None:
        self._import_id, self._actor, self._now = import_id, actor, now
        self.shelves = shelves
        self.sites: Gathered[Site] = Gathered(shelves.sites)
        self.people: Gathered[Person] = Gathered(shelves.people)

    @property
    def gathered(self) -> tuple[Gathered[Site], Gathered[Person]]:
        """In the order in which they are to be written."""
        return self.sites, self.people

    def context(self, sheet: str, key: str, expected_version: int | None = None) -> Context:
        """The circumstances of one row's command: its id is made of import, sheet and key, so that a repeat is one."""
        command_id = self.command_id(sheet, key)
        return Context(command_id, self._actor, self._now, expected_version, correlation_id=derived(self._import_id))

    def command_id(self, sheet: str, key: str) -> str:
        return derived(self._import_id, sheet, key)


def importer_of(imported: Import) -> Actor:
    """Who asked for it, as they were then."""
    who = imported.importer
    return Actor(who.person, frozenset(who.roles), frozenset(who.sites))


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


def changing(row: Row, key: str, before: Mapping[str, str], seen: int) -> Planned:
    """The row changes a document that stands in the version `seen`; `before` are the cells of what it was."""
    return Planned(row.sheet, row.number, key, CHANGED, differing(row, before), seen)


def differing(row: Row, before: Mapping[str, str]) -> tuple[str, ...]:
    """The columns in which the row says something else."""
    return tuple(name for name, value in row.cells.items() if before.get(name, "") != value)
