"""Copies of what another service owns, kept from its events: an older event never overwrites a newer copy.

    people = Copies(database["people"])
    people.keep(event, {"email": data.email, "language": data.language})

The events must carry the full state: whatever a newer one does not say is gone from the copy.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis.store import store_faults
from contracts.envelope import CloudEvent

Document = dict[str, Any]


class Copies:
    """One subscriber's copies of one kind of subject. Each stands under its subject's id, with the mark `sequence`."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection

    def keep(self, event: CloudEvent, fields: Mapping[str, Any]) -> bool:
        """Makes `fields` the copy of the event's subject; false where as new a copy, or a newer one, stands already.

        One conditional write, so that two processes with two events of one subject end with the newer of them.
        Raises `StoreUnavailable`.
        """
        older = {"_id": event.subject_id, "sequence": {"$lt": event.sequence}}
        copy = {**fields, "_id": event.subject_id, "sequence": event.sequence}
        with store_faults():
            try:
                self._collection.replace_one(older, copy, upsert=True)
            except DuplicateKeyError:
                # A copy stands: too new for this event, or somebody was quicker with the subject's first one.
                return self._collection.replace_one(older, copy).matched_count == 1
        return True

    def of(self, subjects: Iterable[str]) -> dict[str, Document]:
        """The copies of these subjects by their ids; those that no event has told of are left out."""
        with store_faults():
            return {each["_id"]: each for each in self._collection.find({"_id": {"$in": list(subjects)}})}

    def all(self) -> list[Document]:
        """Every copy. Raises `StoreUnavailable`."""
        with store_faults():
            return list(self._collection.find({}))
