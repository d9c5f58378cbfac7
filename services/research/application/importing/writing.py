"""A batch of records becoming outcomes: worked out whole before anything is written."""

from collections.abc import Sequence
from dataclasses import replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal
from services.research.application.importing.becoming import context_of, outcome_of
from services.research.application.importing.meanwhile import Meanwhile
from services.research.application.importing.reading import problem_of
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.duplicates.described import described
from services.research.domain.importing.importing import Import
from services.research.domain.importing.records import IMPORT, Record
from services.research.domain.importing.refusals import ImportedMeanwhile
from services.research.domain.outcome import Outcome


class Writing:
    """One batch. `batch` says what becomes of each; `write` then writes all of it."""

    def __init__(self, imported: Import, context: Context, outcomes: Outcomes, currencies: Currencies) -> None:
        self._imported, self._context = imported, context
        self._outcomes, self._decimals = outcomes, currencies.decimals
        self._meanwhile = Meanwhile(imported, outcomes)
        self._new: dict[int, Decision[Outcome]] = {}

    def batch(self, records: Sequence[Record]) -> list[Record]:
        """What has become of each, or why it has not; one that is to be merged stays as it is."""
        return [self._written(each) for each in records]

    def write(self, within: Transaction) -> None:
        new = [(each, context_of(self._imported, str(number), self._context)) for number, each in self._new.items()]
        if new:
            self._outcomes.add_read(new, within)

    def _written(self, record: Record) -> Record:
        if record.reference is None or record.choice != IMPORT:
            return record
        try:
            decision = outcome_of(self._imported, record.number, record.reference, self._decimals)
            if come := self._meanwhile.come(record, described(decision.state)):
                raise ImportedMeanwhile(outcome=come)
        except Refusal as refusal:
            return replace(record, problem=problem_of(refusal))
        self._new[record.number] = decision
        return replace(record, became=decision.state.id)
