"""Past visits whose writes wait: who looks where somebody was sees those of the same file, too."""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Transaction
from services.exchange.application.importing.gathering import Gathered, Listed
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.visit import Visit


class GatheredVisits(Gathered[Visit]):
    """`Visits` as commands of an import need them."""

    def __init__(self, visits: Visits) -> None:
        super().__init__(cast("Listed[Visit]", visits))
        self._visits = visits
        self._stored: dict[str, list[Visit]] = {}
        self._brought: defaultdict[str, list[Visit]] = defaultdict(list)

    def add(
        self, document_id: str, decision: Decision[Visit], context: Context, within: Transaction | None = None
    ) -> Receipt:
        for each in decision.state.visitors:
            self._brought[each.person].append(decision.state)
        return super().add(document_id, decision, context, within)

    def stored_of(self, person: str) -> list[Visit]:
        """The stored visits of a person that hold or took place, read once."""
        if person not in self._stored:
            self._stored[person] = self._visits.of_people([person])
        return self._stored[person]

    def of_people(self, people: Iterable[str]) -> list[Visit]:
        """As `Visits`; those of the file, which all took place, stand among the stored ones."""
        found = (visit for person in people for visit in (*self.stored_of(person), *self._brought[person]))
        by_id = {visit.id: visit for visit in found}
        return [by_id[visit_id] for visit_id in sorted(by_id)]
