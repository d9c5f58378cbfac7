"""How records of people and organisations come about: in the transaction that saves an outcome that names them.

A document keeps which outcomes name it, and how. Once the last of them does not any more, nothing but the id and the
moment is left of it, so that it is told as deleted for good.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.store import store_faults
from services.research.domain.harvesting.named import Named

Document = dict[str, Any]


class Naming:
    """All that writes to the collection `named`."""

    def __init__(self, collection: Collection[Document]) -> None:
        self.collection = collection

    def open(self, named: Sequence[Named]) -> None:
        """Has a document ready for each, of which nobody is told yet.

        Before the transaction: two that make one document would be in each other's way.
        """
        wanted = {"_id": {"$in": [each.id for each in named]}}
        with store_faults():
            there = {each["_id"] for each in self.collection.find(wanted, {"_id": 1})} if named else set()
            missing = [
                UpdateOne({"_id": each.id}, {"$setOnInsert": {"named_by": []}}, upsert=True)
                for each in named
                if each.id not in there
            ]
            if missing:
                self.collection.bulk_write(missing, ordered=False)

    def tell(self, outcome_id: str, named: Sequence[Named], at: datetime, within: ClientSession) -> None:
        """The outcome names these from now on, as they stand there, and nobody else. All of them are open."""
        now = {each.id: each for each in named}
        with store_faults(within):
            found = [
                document
                for where in ({"named_by.outcome": outcome_id}, {"_id": {"$in": sorted(now)}})
                for document in self.collection.find(where, session=within)
            ]
            # Always in the same order, so that no two wait for each other.
            writes = [
                UpdateOne({"_id": document_id}, {"$set": fields})
                for document_id, document in sorted({each["_id"]: each for each in found}.items())
                if (fields := _changed(document, outcome_id, now.get(document_id), at))
            ]
            if writes:
                self.collection.bulk_write(writes, session=within)


def _changed(document: Document, outcome_id: str, named: Named | None, at: datetime) -> Document:
    """What is to be set; nothing where it says so already. The moment moves only with what is told."""
    others = [each for each in document["named_by"] if each["outcome"] != outcome_id]
    after = [*others, {"outcome": outcome_id, "names": list(named.names)}] if named else others
    if _told(after) == _told(document["named_by"]):
        return {} if _outcomes(after) == _outcomes(document["named_by"]) else {"named_by": after}
    is_who = {"type": named.type, "identifier": named.identifier} if named else {} if others else {"identifier": ""}
    return {"named_by": after, "changed_at": at, **is_who}


def _told(named_by: Sequence[Document]) -> set[str]:
    return {name for each in named_by for name in each["names"]}


def _outcomes(named_by: Sequence[Document]) -> dict[str, list[str]]:
    return {each["outcome"]: each["names"] for each in named_by}
