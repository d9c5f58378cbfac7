"""What a service is, as data: enough to prepare the broker and the database for it without running it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """One index: `keys` are (field, 1 or -1) pairs."""

    keys: tuple[tuple[str, int], ...]
    unique: bool = False
    sparse: bool = False


@dataclass(frozen=True)
class Collection:
    """One collection. A decided one holds documents that commands decide on, and gets the standard indexes too."""

    name: str
    decided: bool = True
    indexes: tuple[Index, ...] = ()

    @property
    def all_indexes(self) -> tuple[Index, ...]:
        """The standard indexes of a decided collection, then its own."""
        return (STANDARD_INDEXES if self.decided else ()) + self.indexes


STANDARD_INDEXES = (
    Index((("outbox.id", 1),), sparse=True),
    Index((("due.at", 1),), sparse=True),
    Index((("holds", 1),), unique=True, sparse=True),
)
"""Sparse, not partial: a query that asks whether the field exists then finds the few documents that matter."""


@dataclass(frozen=True)
class Manifest:
    """A service's name (of its database, login and event exchange), collections and the event types it wants."""

    name: str
    collections: tuple[Collection, ...]
    subscribes_to: tuple[str, ...] = ()

    @property
    def decided(self) -> tuple[str, ...]:
        """Names of the collections that the relay and the timers look through."""
        return tuple(collection.name for collection in self.collections if collection.decided)
