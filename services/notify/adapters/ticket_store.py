"""`Tickets` on MongoDB: documents that nobody decides on. What is lost with one is a place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis.store import store_faults
from services.notify.application.tickets import Draw


class TicketStore:
    """A document for each roll from which many draw, and one for each draw of many rolls: a single write either way."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self._collection = collection

    def draw(self, roll: str, wanted: int, over_at: datetime) -> int:
        with store_faults():
            # Written before it is read: of two at once at least one sees the other.
            try:
                self._add(roll, wanted, over_at)
            except DuplicateKeyError:
                # Another began the roll in this moment: it is there now.
                self._add(roll, wanted, over_at)
            stands = self._collection.find_one({"_id": roll}, {"drawn": 1})
        return int(stands["drawn"]) - wanted if stands else 0

    def give_back(self, roll: str, unused: int) -> None:
        with store_faults():
            self._collection.update_one({"_id": roll}, {"$inc": {"drawn": -unused}})

    def draw_each(self, wanted: Mapping[str, int], over_at: datetime) -> Draw:
        mine = {"_id": uuid4().hex, "rolls": list(wanted), "drawn": list(wanted.values()), "over_at": over_at}
        drawn = dict.fromkeys(wanted, 0)
        with store_faults():
            # As above: mine first, then the others'.
            self._collection.insert_one(mine)
            for each in self._collection.find({"rolls": {"$in": list(wanted)}}, {"rolls": 1, "drawn": 1}):
                if each["_id"] != mine["_id"]:
                    _count(each, drawn)
        return Draw(str(mine["_id"]), drawn)

    def keep_of(self, draw: Draw, used: Mapping[str, int]) -> None:
        left = [used.get(roll, 0) for roll in draw.before]
        with store_faults():
            self._collection.update_one({"_id": draw.id}, {"$set": {"drawn": left}})

    def forget(self, before: datetime) -> int:
        with store_faults():
            return self._collection.delete_many({"over_at": {"$lt": before}}).deleted_count

    def _add(self, roll: str, wanted: int, over_at: datetime) -> None:
        more = {"$inc": {"drawn": wanted}, "$setOnInsert": {"over_at": over_at}}
        self._collection.update_one({"_id": roll}, more, upsert=True)


def _count(draw: Mapping[str, Any], drawn: dict[str, int]) -> None:
    for roll, number in zip(draw["rolls"], draw["drawn"], strict=True):
        if roll in drawn:
            drawn[roll] += number
