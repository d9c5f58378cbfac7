"""Imports on MongoDB, and their files and records in pieces, so that no document grows past a size."""

from collections.abc import Iterator, Sequence
from typing import Any

from bson import Binary
from pydantic import TypeAdapter
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.store import NEWEST_FIRST, DocumentStore, store_faults
from services.research.domain.importing.importing import BATCH, Import
from services.research.domain.importing.records import Record

Document = dict[str, Any]
_RECORDS = TypeAdapter(list[Record])
_LISTED = 100
_PIECE = 4 << 20


class ImportStore(DocumentStore[Import]):
    """`Imports` on MongoDB."""

    def seen_by(self, actor: Actor) -> list[Loaded[Import]]:
        theirs = {} if actor.has(ADMINISTRATOR) else {"importer.person": actor.person}
        return self.matching(theirs, order=NEWEST_FIRST, limit=_LISTED)


class ImportFileStore:
    """`ImportFiles` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection

    def keep(self, import_id: str, content: bytes, within: ClientSession) -> None:
        with store_faults(within):
            for number, at in enumerate(range(0, len(content), _PIECE)):
                piece = {
                    "_id": _piece(import_id, number),
                    "import": import_id,
                    "content": Binary(content[at : at + _PIECE]),
                }
                self._collection.insert_one(piece, session=within)

    def of(self, import_id: str) -> bytes:
        with store_faults():
            return b"".join(each["content"] for each in self._collection.find({"import": import_id}).sort("_id"))

    def drop(self, import_id: str, within: ClientSession) -> None:
        with store_faults(within):
            self._collection.delete_many({"import": import_id}, session=within)


class ImportRecordStore:
    """`ImportRecords` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection

    def keep(self, import_id: str, records: Sequence[Record], within: ClientSession) -> None:
        with store_faults(within):
            for number, at in enumerate(range(0, len(records), BATCH)):
                batch = {
                    "_id": _piece(import_id, number),
                    "import": import_id,
                    "records": _text(records[at : at + BATCH]),
                }
                self._collection.insert_one(batch, session=within)

    def batch(self, import_id: str, number: int) -> list[Record]:
        with store_faults():
            found = self._collection.find_one({"_id": _piece(import_id, number)})
        return _RECORDS.validate_json(found["records"]) if found else []

    def batches(self, import_id: str, first: int = 0) -> Iterator[list[Record]]:
        while batch := self.batch(import_id, first):
            yield batch
            first += 1

    def write(self, import_id: str, number: int, records: Sequence[Record], within: ClientSession) -> None:
        standing, written = {"_id": _piece(import_id, number)}, {"$set": {"records": _text(records)}}
        with store_faults(within):
            self._collection.update_one(standing, written, session=within)

    def drop(self, import_id: str, within: ClientSession) -> None:
        with store_faults(within):
            self._collection.delete_many({"import": import_id}, session=within)


def _text(records: Sequence[Record]) -> str:
    """As text: what a file calls its fields may be no name for the database."""
    return _RECORDS.dump_json(list(records)).decode()


def _piece(import_id: str, number: int) -> str:
    return f"{import_id}:{number:05}"
