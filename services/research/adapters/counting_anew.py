"""Counts outcomes that are not counted as they should be: those kept before there were measures, or by other rules.
Those whom they name to the public get their records along with that.

It goes through all of them once for each set of rules, a few at a time, and notes how far it has come.
"""

from collections.abc import Sequence
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.store import DocumentStore, store_faults
from services.research.adapters.cells import Cells
from services.research.adapters.naming import Naming
from services.research.domain.harvesting.named import told_in
from services.research.domain.measuring import RULES, share_of
from services.research.domain.outcome import Outcome

Document = dict[str, Any]
MARK = "measures"
AT_ONCE = 100


class CountingAnew:
    """`run_once` is done again and again, by any number of workers: counting twice is counting once."""

    def __init__(
        self,
        marks: Collection[Document],
        outcomes: DocumentStore[Outcome],
        cells: Cells,
        naming: Naming,
        clock: Clock,
    ) -> None:
        self._marks, self._outcomes, self._cells = marks, outcomes, cells
        self._naming, self._clock = naming, clock

    def is_complete(self) -> bool:
        mark = self._mark()
        return bool(mark["done"]) and mark["rules"] == RULES

    def begin(self) -> None:
        """From the first one on, all of them."""
        with store_faults():
            self._marks.update_one({"_id": MARK}, {"$set": {"rules": RULES, "after": "", "done": False}}, upsert=True)

    def run_once(self) -> int:
        """Looks at the next few; how many those were, so that 0 says that all is done."""
        if self._mark()["rules"] != RULES:
            self.begin()
        mark = self._mark()
        if mark["done"]:
            return 0
        with store_faults():
            behind = self._outcomes.collection.find({"_id": {"$gt": mark["after"]}}, {"_id": 1})
            ids = [each["_id"] for each in behind.sort("_id").limit(AT_ONCE)]
        for each in ids:
            while not self._count(each):
                pass
        self._note(mark, ids)
        return len(ids)

    def _count(self, outcome_id: str) -> bool:
        """False where somebody has decided on it meanwhile: then it is looked at again, as it stands now."""
        found = self._outcomes.recorded(outcome_id)
        counted, told = self._cells.opened(share_of(found.state)), told_in(found.state)
        self._naming.open(told)

        def count(session: ClientSession) -> bool:
            # Who is about to decide on it is in the way of this write.
            standing = {"_id": outcome_id, "version": found.version}
            with store_faults(session):
                stands = self._outcomes.collection.find_one(standing, {"_id": 1}, session=session)
            if stands:
                self._cells.move(outcome_id, counted, session)
                self._naming.tell(outcome_id, told, self._clock.now(), session)
                self._keep(outcome_id, found.state, session)
            return bool(stands)

        return self._outcomes.atomically(count)

    def _keep(self, outcome_id: str, outcome: Outcome, session: ClientSession) -> None:
        """What a document kept before says by other fields, so that an aggregation finds it."""
        fields = self._outcomes.shape.fields(outcome)
        lacking = {"_id": outcome_id, "reached": {"$exists": False}}
        with store_faults(session):
            kept = {name: fields[name] for name in ("origin", "reached")}
            self._outcomes.collection.update_one(lacking, {"$set": kept}, session=session)

    def _note(self, mark: Document, ids: Sequence[str]) -> None:
        """Unless another worker has, or all of it was begun anew."""
        came = {"after": ids[-1]} if ids else {"done": True}
        with store_faults():
            self._marks.update_one(mark, {"$set": came})

    def _mark(self) -> Document:
        with store_faults():
            return self._marks.find_one({"_id": MARK}) or {"rules": 0, "after": "", "done": False}
