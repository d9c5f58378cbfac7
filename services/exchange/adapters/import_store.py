"""Imports on MongoDB, and their rows in chunks, so that no document grows past a size."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.kernel.documents import Loaded
from chassis.store import NEWEST_FIRST, DocumentStore, store_faults
from services.exchange.application.importing.limits import CHUNK_BYTES
from services.exchange.domain.importing import Import
from services.exchange.domain.importing_rows import Row

Document = dict[str, Any]
_ROWS = TypeAdapter(list[Row])
_LISTED = 100


class ImportStore(DocumentStore[Import]):
    """`Imports` on MongoDB."""

    def all(self) -> list[Loaded[Import]]:
        return self.matching({}, order=NEWEST_FIRST, limit=_LISTED)


class ImportRowStore:
    """`ImportRows` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection

    def keep(self, import_id: str, rows: Sequence[Row], within: ClientSession) -> None:
        chunks = [
            {
                "_id": f"{import_id}:{number:04}",
                "import": import_id,
                "rows": _ROWS.dump_python(list(chunk), mode="json"),
            }
            for number, chunk in enumerate(in_chunks(rows))
        ]
        with store_faults(within):
            for chunk in chunks:
                self._collection.insert_one(chunk, session=within)

    def of(self, import_id: str) -> list[Row]:
        with store_faults():
            chunks = list(self._collection.find({"import": import_id}).sort("_id"))
        return [row for chunk in chunks for row in _ROWS.validate_python(chunk["rows"])]

    def drop(self, import_id: str, within: ClientSession) -> None:
        with store_faults(within):
            self._collection.delete_many({"import": import_id}, session=within)


def in_chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in their order; a chunk is full with the row that takes it over the size."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += sum(len(cell.encode()) + 100 for cell in row.cells.values())
        if size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
