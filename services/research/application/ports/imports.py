"""Imports, their files and their records."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded, Transaction
from services.research.domain.importing.importing import Import
from services.research.domain.importing.records import Record


class Imports(Documents[Import], Protocol):
    """Every import."""

    def seen_by(self, actor: Actor) -> list[Loaded[Import]]:
        """The last hundred that the actor may see, newest first."""
        ...

    def being_applied(self) -> list[Import]:
        """Those that are being written."""
        ...


class ImportFiles(Protocol):
    """The files of imports that are not yet read."""

    def keep(self, import_id: str, content: bytes, within: Transaction) -> None: ...

    def of(self, import_id: str) -> bytes:
        """Nothing where it has been dropped."""
        ...

    def drop(self, import_id: str, within: Transaction) -> None: ...


class ImportRecords(Protocol):
    """The records of imports that are not yet over, in batches of `BATCH`."""

    def keep(self, import_id: str, records: Sequence[Record], within: Transaction) -> None:
        """Keeps them all, in their order."""
        ...

    def batch(self, import_id: str, number: int) -> list[Record]:
        """One batch, from 0 on, in its order; none where there is no such batch."""
        ...

    def batches(self, import_id: str, first: int = 0) -> Iterator[list[Record]]:
        """Batch after batch from that one on."""
        ...

    def write(self, import_id: str, number: int, records: Sequence[Record], within: Transaction) -> None:
        """Puts these into the place of the whole batch."""
        ...

    def drop(self, import_id: str, within: Transaction) -> None: ...
