"""Outcomes that are counted as they are saved: the decision and what it counts for are one atomic write."""

from collections.abc import Callable
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import WriteConflict
from chassis.store import Shape
from services.research.adapters.cells import Cells
from services.research.adapters.repositories import OutcomeStore
from services.research.domain.measuring import share_of
from services.research.domain.outcome import Outcome


class MeasuredOutcomes(OutcomeStore):
    """`Outcomes` on MongoDB, with the cells of the measures. What counts for nothing is written as any document is."""

    def __init__(
        self, collection: Collection[dict[str, Any]], shape: Shape[Outcome], clock: Clock, cells: Cells
    ) -> None:
        super().__init__(collection, shape, clock)
        self._cells = cells

    def add(
        self, document_id: str, decision: Decision[Outcome], context: Context, within: ClientSession | None = None
    ) -> Receipt:
        counted = self._cells.opened(share_of(decision.state))
        if not counted:
            return super().add(document_id, decision, context, within)
        add = super().add

        def add_and_count(session: ClientSession) -> Receipt:
            receipt = add(document_id, decision, context, session)
            self._cells.move(document_id, counted, session)
            return receipt

        return add_and_count(within) if within else self._added(document_id, context, add_and_count)

    def saving(
        self, loaded: Loaded[Outcome], decision: Decision[Outcome], context: Context
    ) -> Callable[[ClientSession | None], Receipt]:
        write = super().saving(loaded, decision, context)
        share = share_of(decision.state)
        if share is None and share_of(loaded.state) is None:
            return write
        counted = self._cells.opened(share)

        def write_and_count(session: ClientSession) -> Receipt:
            receipt = write(session)
            self._cells.move(loaded.id, counted, session)
            return receipt

        return lambda within: write_and_count(within) if within else self.atomically(write_and_count)

    def _added(self, document_id: str, context: Context, add: Callable[[ClientSession], Receipt]) -> Receipt:
        try:
            return self.atomically(add)
        except WriteConflict:
            # Within a transaction nobody answers a repeat: the server has given it up.
            if answer := self.made(document_id, context):
                return answer
            raise
