"""Outcomes that keep the records of those whom they name to the public: both are one atomic write."""

from collections.abc import Callable
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from chassis.store import Shape
from services.research.adapters.cells import Cells
from services.research.adapters.measured_outcomes import MeasuredOutcomes
from services.research.adapters.naming import Naming
from services.research.domain.harvesting.named import told_in
from services.research.domain.outcome import Outcome


class NamingOutcomes(MeasuredOutcomes):
    """`Outcomes` on MongoDB, with their measures and with those whom they name. Most decisions change no name."""

    def __init__(
        self, collection: Collection[dict[str, Any]], shape: Shape[Outcome], clock: Clock, cells: Cells, naming: Naming
    ) -> None:
        super().__init__(collection, shape, clock, cells)
        self._naming = naming

    def add(
        self, document_id: str, decision: Decision[Outcome], context: Context, within: ClientSession | None = None
    ) -> Receipt:
        told = told_in(decision.state)
        if not told:
            return super().add(document_id, decision, context, within)
        self._naming.open(told)
        add = super().add

        def add_and_name(session: ClientSession) -> Receipt:
            receipt = add(document_id, decision, context, session)
            self._naming.tell(document_id, told, context.now, session)
            return receipt

        return add_and_name(within) if within else self._added(document_id, context, add_and_name)

    def saving(
        self, loaded: Loaded[Outcome], decision: Decision[Outcome], context: Context
    ) -> Callable[[ClientSession | None], Receipt]:
        write, told = super().saving(loaded, decision, context), told_in(decision.state)
        if told == told_in(loaded.state):
            return write
        self._naming.open(told)

        def write_and_name(session: ClientSession) -> Receipt:
            receipt = write(session)
            self._naming.tell(loaded.id, told, context.now, session)
            return receipt

        return lambda within: write_and_name(within) if within else self.atomically(write_and_name)
