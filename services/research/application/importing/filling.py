"""Records becoming parts of outcomes that stand: all of an import's worked out before any of it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded, Transaction
from chassis.kernel.errors import Refusal
from services.research.application.importing.becoming import confirmer_of, context_of, outcome_of
from services.research.application.importing.reading import problem_of
from services.research.application.merged import where_it_went
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.importing.importing import Import
from services.research.domain.importing.records import Record
from services.research.domain.merging import filled, may_be_filled
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_merge
from services.research.domain.references import Reference


@dataclass
class Filling:
    """An outcome that records are merged into: as it was loaded, and as it is with them. `records`: which."""

    loaded: Loaded[Outcome]
    state: Outcome
    records: list[int] = field(default_factory=list)


class Fillings:
    """Those of one import. `filled` says what becomes of each record; `write` then writes all of it."""

    def __init__(self, imported: Import, context: Context, outcomes: Outcomes, currencies: Currencies) -> None:
        self._imported, self._context = imported, context
        self._outcomes, self._decimals = outcomes, currencies.decimals
        self._filling: dict[str, Filling] = {}

    def filled(self, records: Iterable[Record]) -> list[Record]:
        """What has become of each, or why nothing has."""
        return [self._filled(each, each.reference) for each in records if each.reference]

    def write(self, within: Transaction) -> None:
        for outcome_id, each in self._filling.items():
            if each.state != each.loaded.state:
                why = f"+ records {', '.join(map(str, each.records))} of {self._imported.id}"
                context = context_of(self._imported, f"into {outcome_id} {each.records}", self._context)
                self._outcomes.save(each.loaded, Decision(each.state, what="merged", why=why), context, within)

    def _filled(self, record: Record, reference: Reference) -> Record:
        try:
            told = outcome_of(self._imported, record.number, reference, self._decimals).state
            return replace(record, became=self._into(record, told))
        except Refusal as refusal:
            return replace(record, problem=problem_of(refusal))

    def _into(self, record: Record, told: Outcome) -> str:
        """What it was to be merged into, or where that went meanwhile."""
        loaded = self._outcomes.load(record.into)
        if further := where_it_went(loaded.state, self._outcomes):
            loaded = self._outcomes.load(further)
        filling = self._filling.get(loaded.id) or Filling(loaded, loaded.state)
        may_merge(confirmer_of(self._imported), filling.state)
        may_be_filled(filling.state, told)
        filling.state = filled(filling.state, told, (), self._decimals)
        filling.records.append(record.number)
        self._filling[loaded.id] = filling
        return loaded.id
