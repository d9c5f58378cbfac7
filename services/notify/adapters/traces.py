"""What is kept about people, on MongoDB: where it stands, and its removal."""

from collections.abc import Mapping
from typing import Any

from pymongo.database import Database

from chassis.failed_events import COLLECTION as FAILED_EVENTS
from chassis.store import store_faults

Document = dict[str, Any]

WHERE: Mapping[str, tuple[str, ...]] = {
    "notifications": ("recipient",),
    "digests": ("recipient",),
    "calendars": ("named",),
    "preferences": ("person",),
    "inboxes": ("person",),
    "addresses": ("person",),
    "suppressions": ("person",),
    "reply_links": ("person",),
    "deputies": ("person", "deputy"),
    "people": ("_id",),
}
"""Collection -> the fields that say whose a document is. What others were told, and what is kept of visits, has ids of
people alone, which name nobody once the copy of the person is gone.
"""


class TracesOfPeople:
    """`Traces` on MongoDB."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def remove(self, person: str) -> bool:
        # The copy last: until then a worker that is at it knows to whom it writes.
        left = [self._removed_from(name, {field: person}) for name, fields in WHERE.items() for field in fields]
        with store_faults():
            self._database[FAILED_EVENTS].delete_many({"subject": f"person/{person}"})
        return not all(left)

    def _removed_from(self, name: str, whose: Document) -> bool:
        """Whether all is gone. A document with events to be told stays until they are."""
        collection = self._database[name]
        with store_faults():
            ids = [each["_id"] for each in collection.find(whose, {"_id": 1})]
            told = {"_id": {"$in": ids}, "outbox.id": {"$exists": False}}
            return collection.delete_many(told).deleted_count == len(ids) if ids else True
