"""Makes anew the keys by which outcomes are found as duplicates: of those kept before there were any, or by others."""

from typing import Any

from pymongo.collection import Collection

from chassis.store import WITHOUT_TRAIL, DocumentStore, store_faults
from services.research.adapters.going_through import GoingThrough
from services.research.domain.duplicates.keys import RULES
from services.research.domain.outcome import Outcome

Document = dict[str, Any]
MARK = "found_by"
AT_ONCE = 100


class KeysAnew:
    """`run_once` is done again and again, by any number of workers: the same outcome has the same keys."""

    def __init__(self, marks: Collection[Document], outcomes: DocumentStore[Outcome]) -> None:
        self._outcomes = outcomes
        self._through = GoingThrough(marks, outcomes.collection, MARK)

    def is_complete(self) -> bool:
        return self._through.is_complete(RULES)

    def run_once(self) -> int:
        """Looks at the next few; how many those were, so that 0 says that all is done."""
        return self._through.run_once(RULES, AT_ONCE, self._make)

    def _make(self, outcome_id: str) -> None:
        collection, shape = self._outcomes.collection, self._outcomes.shape
        with store_faults():
            document = collection.find_one({"_id": outcome_id}, WITHOUT_TRAIL)
            if document is None:
                return
            keys = list(shape.found_by(shape.state(document)))
            if document.get("found_by", []) != keys:
                # Whoever has decided on it since has made them, too.
                standing = {"_id": outcome_id, "version": document["version"]}
                collection.update_one(standing, {"$set": {"found_by": keys}} if keys else {"$unset": {"found_by": ""}})
