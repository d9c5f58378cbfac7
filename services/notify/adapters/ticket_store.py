"""`Tickets` on MongoDB: a document for each draw, that nobody decides on. What is lost with one is a place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from pymongo.collection import Collection

from chassis.store import store_faults


class TicketStore:
    """One write for a whole draw, of however many rolls."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self._collection = collection

    def draw(self, wanted: Mapping[str, int], over_at: datetime) -> Mapping[str, int]:
        mine = {"_id": uuid4().hex, "rolls": list(wanted), "drawn": list(wanted.values()), "over_at": over_at}
        drawn = dict.fromkeys(wanted, 0)
        with store_faults():
            # Written before others are counted: of two at once at least one sees the other.
            self._collection.insert_one(mine)
            for each in self._collection.find({"rolls": {"$in": list(wanted)}}, {"rolls": 1, "drawn": 1}):
                if each["_id"] != mine["_id"]:
                    _count(each, drawn)
        return drawn

    def forget(self, before: datetime) -> int:
        with store_faults():
            return self._collection.delete_many({"over_at": {"$lt": before}}).deleted_count


def _count(draw: Mapping[str, Any], drawn: dict[str, int]) -> None:
    for roll, number in zip(draw["rolls"], draw["drawn"], strict=True):
        if roll in drawn:
            drawn[roll] += number
