"""How many outcomes share the keys that many share: counted anew when a tenth more stand than when that was last done.

It goes through all of them at once. What it finds is no more than an order: a count that is old, or is made twice by
two workers, does no harm.
"""

from collections.abc import Iterable
from typing import Any

import pymongo
from pymongo import ReplaceOne
from pymongo.collection import Collection

from chassis.store import store_faults
from services.research.adapters.going_through import A_LONG_TIME
from services.research.adapters.keys_anew import KeysAnew
from services.research.domain.duplicates.commonness import Counted, place_of
from services.research.domain.duplicates.keys import RULES

Document = dict[str, Any]
MARK = "common keys"
_GROWN = 1.1


def common_among(keys: Iterable[str], pages: Collection[Document]) -> dict[str, int]:
    """How many outcomes share each of the keys that are common; the others are not in it."""
    places = {key: place for key in keys if (place := place_of(key))}
    if not places:
        return {}
    with store_faults():
        found = pages.find({"_id": {"$in": sorted({page for page, _ in places.values()})}})
        many = {page["_id"]: page["many"] for page in found}
    return {key: many[page][place] for key, (page, place) in places.items() if place in many.get(page, {})}


class CommonKeys:
    """Counts. `keys`: until those are made by today's rules, there is nothing to count."""

    def __init__(
        self, marks: Collection[Document], outcomes: Collection[Document], pages: Collection[Document], keys: KeysAnew
    ) -> None:
        self._marks, self._outcomes, self._pages, self._keys = marks, outcomes, pages, keys

    def run_once(self) -> int:
        """How many outcomes there were to go through; 0 where it was not yet time."""
        with store_faults():
            standing = self._outcomes.estimated_document_count()
            mark = self._marks.find_one({"_id": MARK}) or {"rules": 0, "outcomes": 0}
        grown = mark["rules"] != RULES or standing > _GROWN * mark["outcomes"]
        if not grown or not self._keys.is_complete():
            return 0
        self.count()
        with store_faults():
            self._marks.update_one({"_id": MARK}, {"$set": {"rules": RULES, "outcomes": standing}}, upsert=True)
        return standing

    def count(self) -> None:
        """Of all that have keys, whether or not it is time."""
        self._keep(self._counted())

    def _counted(self) -> Counted:
        counted = Counted()
        with store_faults(), pymongo.timeout(A_LONG_TIME):
            for document in self._outcomes.find({}, {"_id": 0, "found_by": 1}):
                counted.count(document.get("found_by", ()))
        return counted

    def _keep(self, counted: Counted) -> None:
        pages = [{"_id": page, "many": dict(many)} for page, many in counted.common()]
        with store_faults():
            if pages:
                self._pages.bulk_write([ReplaceOne({"_id": page["_id"]}, page, upsert=True) for page in pages])
            self._pages.delete_many({"_id": {"$nin": [page["_id"] for page in pages]}})
