"""Counts outcomes that are not counted as they should be: those kept before there were measures, or by other rules.

Those whom they name to the public get their records along with that.
"""

from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.store import DocumentStore, store_faults
from services.research.adapters.cells import Cells
from services.research.adapters.going_through import GoingThrough
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
        self._outcomes, self._cells = outcomes, cells
        self._naming, self._clock = naming, clock
        self._through = GoingThrough(marks, outcomes.collection, MARK)

    def is_complete(self) -> bool:
        return self._through.is_complete(RULES)

    def begin(self) -> None:
        """From the first one on, all of them."""
        self._through.begin(RULES)

    def run_once(self) -> int:
        """Looks at the next few; how many those were, so that 0 says that all is done."""
        return self._through.run_once(RULES, AT_ONCE, self._look)

    def _look(self, outcome_id: str) -> None:
        while not self._count(outcome_id):
            pass

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
