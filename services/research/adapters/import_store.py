"""Imports on MongoDB, and their files and records in pieces, so that no document grows past a size."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from bson import Binary
from pydantic import TypeAdapter
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.store import NEWEST_FIRST, DocumentStore, store_faults
from services.research.domain.importing.importing import BATCH, BEING_APPLIED, Import
from services.research.domain.importing.records import Record

Document = dict[str, Any]
_RECORDS = TypeAdapter(list[Record])
RUNNING: Document = {"holds": {"$in": list(BEING_APPLIED)}}
"""Those that are being written: of what they bring nothing shows yet."""
_LISTED = 100
_PIECE = 4 << 20
"""Bytes. A batch of long records may be more than one document holds, too."""


class ImportStore(DocumentStore[Import]):
    """`Imports` on MongoDB."""

    def seen_by(self, actor: Actor) -> list[Loaded[Import]]:
        theirs = {} if actor.has(ADMINISTRATOR) else {"importer.person": actor.person}
        return self.matching(theirs, order=NEWEST_FIRST, limit=_LISTED)

    def being_applied(self) -> list[Import]:
        return [each.state for each in self.matching(RUNNING)]


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
        for number, at in enumerate(range(0, len(records), BATCH)):
            self.write(import_id, number, records[at : at + BATCH], within)

    def batch(self, import_id: str, number: int) -> list[Record]:
        with store_faults():
            found = self._collection.find(_pieces(import_id, number)).sort("_id")
            packed = b"".join(each["records"] for each in found)
        return _RECORDS.validate_json(zlib.decompress(packed)) if packed else []

    def batches(self, import_id: str, first: int = 0) -> Iterator[list[Record]]:
        while batch := self.batch(import_id, first):
            yield batch
            first += 1

    def write(self, import_id: str, number: int, records: Sequence[Record], within: ClientSession) -> None:
        packed, many = _packed(records), 0
        with store_faults(within):
            for many, at in enumerate(range(0, len(packed), _PIECE), 1):
                standing = {"_id": _piece(import_id, number, many)}
                piece = {"import": import_id, "records": Binary(packed[at : at + _PIECE])}
                self._collection.replace_one(standing, piece, upsert=True, session=within)
            # What it took more of before is no part of it any more.
            self._collection.delete_many(_pieces(import_id, number, many + 1), session=within)

    def drop(self, import_id: str, within: ClientSession) -> None:
        with store_faults(within):
            self._collection.delete_many({"import": import_id}, session=within)


def _packed(records: Sequence[Record]) -> bytes:
    """As text: what a file calls its fields may be no name for the database. All of a file is one transaction, for
    which the database has to have room: so no longer than the file, however often that says the same.
    """
    return zlib.compress(_RECORDS.dump_json(list(records)), level=1)


def _piece(import_id: str, *numbers: int) -> str:
    return ":".join([import_id, *(f"{number:05}" for number in numbers)])


def _pieces(import_id: str, batch: int, first: int = 0) -> Document:
    """Of a batch of records those from one on."""
    return {"_id": {"$gte": _piece(import_id, batch, first), "$lt": _piece(import_id, batch + 1)}}
