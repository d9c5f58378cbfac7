"""All outcomes, gone through once for each set of rules, a few at a time; it is noted how far that has come."""

from collections.abc import Callable, Sequence
from typing import Any

import pymongo
from pymongo.collection import Collection

from chassis.store import store_faults

Document = dict[str, Any]
_READ_AHEAD = 10_000
"""Ids that are read at once: for a range of ids the embedded server looks at the whole collection."""

A_LONG_TIME = 120.0
"""Seconds for a question about all outcomes, which no person waits for: of a million more than others may take."""


class GoingThrough:
    """Any number of workers may do it: what is done to an outcome twice has to be as if it were done once.

    `mark`: what it is noted under.
    """

    def __init__(self, marks: Collection[Document], outcomes: Collection[Document], mark: str) -> None:
        self._marks, self._outcomes, self._name = marks, outcomes, mark
        self._read_behind, self._ahead = "", list[str]()

    def is_complete(self, rules: int) -> bool:
        mark = self._mark()
        return bool(mark["done"]) and mark["rules"] == rules

    def begin(self, rules: int) -> None:
        """From the first one on, all of them."""
        begun = {"rules": rules, "after": "", "done": False}
        with store_faults():
            self._marks.update_one({"_id": self._name}, {"$set": begun}, upsert=True)

    def run_once(self, rules: int, at_once: int, look: Callable[[str], None]) -> int:
        """Looks at the next few, each by its id; how many those were, so that 0 says that all is done."""
        mark = self._mark()
        if mark["rules"] != rules:
            self.begin(rules)
            mark = self._mark()
        if mark["done"]:
            return 0
        ids = self._behind(mark["after"])[:at_once]
        for each in ids:
            look(each)
        self._note(mark, ids)
        return len(ids)

    def _behind(self, after: str) -> list[str]:
        """The next ids. Outcomes that have come since these were read are as they should be."""
        ahead = [each for each in self._ahead if each > after] if after >= self._read_behind else []
        if not ahead:
            with store_faults(), pymongo.timeout(A_LONG_TIME):
                found = self._outcomes.find({"_id": {"$gt": after}}, {"_id": 1}).sort("_id").limit(_READ_AHEAD)
                ahead = [each["_id"] for each in found]
            self._read_behind, self._ahead = after, ahead
        return ahead

    def _note(self, mark: Document, ids: Sequence[str]) -> None:
        """Unless another worker has, or all of it was begun anew."""
        came = {"after": ids[-1]} if ids else {"done": True}
        with store_faults():
            self._marks.update_one(mark, {"$set": came})

    def _mark(self) -> Document:
        with store_faults():
            return self._marks.find_one({"_id": self._name}) or {"rules": 0, "after": "", "done": False}
