"""What took place, on MongoDB: copies that only events write, but for the mark of those who rely on them."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from pydantic import TypeAdapter
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis.kernel.errors import WriteConflict
from chassis.store import store_faults
from contracts.envelope import CloudEvent
from services.research.domain.occurrence import Named, Occurrence

Document = dict[str, Any]

_SHAPE = TypeAdapter(Occurrence)


class OccurrenceCopies:
    """`Occurrences` on MongoDB. `mistake` is written by the mistake's own event alone."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection

    def keep(self, event: CloudEvent, occurrence: Occurrence) -> None:
        fields = _SHAPE.dump_python(occurrence, mode="json", exclude={"mistake"})
        older = {"_id": _key(occurrence.named), "sequence": {"$lt": event.sequence}}
        update = {"$set": fields | {"sequence": event.sequence}}
        with store_faults():
            try:
                self._collection.update_one(older, update, upsert=True)
            except DuplicateKeyError:
                # It is kept: by a newer event than this, or by somebody who was quicker with the first.
                self._collection.update_one(older, update)

    def mark(self, origin: str, *, reason: str) -> None:
        with store_faults():
            self._collection.update_many({"id": origin}, {"$set": {"mistake": reason}})

    def of(self, named: Iterable[Named]) -> dict[Named, Occurrence]:
        keys = [_key(each) for each in named]
        with store_faults():
            found = [_SHAPE.validate_python(each) for each in self._collection.find({"_id": {"$in": keys}})]
        return {each.named: each for each in found}

    def rely_on(self, named: Iterable[Named], within: ClientSession) -> None:
        with store_faults(within):
            for key in sorted(map(_key, named)):
                # A write, not a read: two transactions may read one document at a time, and only one may write it.
                standing = {"_id": key, "mistake": None}
                if not self._collection.update_one(standing, {"$inc": {"relied_on": 1}}, session=within).matched_count:
                    raise WriteConflict(id=key)


def _key(named: Named) -> str:
    return named.id if named.slot is None else f"{named.id}/{named.slot.astimezone(UTC).isoformat()}"
