"""A batch of records becoming outcomes, or parts of such as stand: worked out whole before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded, Transaction
from chassis.kernel.errors import Refusal
from services.research.application.importing.becoming import command_id, confirmer_of, outcome_of
from services.research.application.importing.meanwhile import Meanwhile
from services.research.application.importing.reading import problem_of
from services.research.application.merged import where_it_went
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.duplicates.described import described
from services.research.domain.importing.importing import Import
from services.research.domain.importing.records import IMPORT, MERGE, Record
from services.research.domain.importing.refusals import ImportedMeanwhile
from services.research.domain.merging import filled, may_be_filled
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_merge


@dataclass
class Filling:
    """An outcome that records are merged into: as it was loaded, and as it is with them. `records`: which."""

    loaded: Loaded[Outcome]
    state: Outcome
    records: list[int] = field(default_factory=list)


class Writing:
    """One batch. `record` says what becomes of each; `write` then writes all of it."""

    def __init__(self, imported: Import, context: Context, outcomes: Outcomes, currencies: Currencies) -> None:
        self._imported, self._outcomes, self._decimals = imported, outcomes, currencies.decimals
        self._confirmer, self._now = confirmer_of(imported), context.now
        self._new: dict[int, Decision[Outcome]] = {}
        self._filling: dict[str, Filling] = {}
        self._meanwhile: Meanwhile | None = None

    def batch(self, records: Sequence[Record]) -> list[Record]:
        """What has become of each, or would not."""
        self._meanwhile = Meanwhile(self._imported, self._outcomes)
        return [self._written(each) for each in records]

    def write(self, within: Transaction) -> None:
        if new := [(decision, self._context(str(number))) for number, decision in self._new.items()]:
            self._outcomes.add_read(new, within)
        for outcome_id, each in self._filling.items():
            if each.state != each.loaded.state:
                why = f"+ records {', '.join(map(str, each.records))} of {self._imported.id}"
                decision = Decision(each.state, what="merged", why=why)
                self._outcomes.save(each.loaded, decision, self._context(f"into {outcome_id} {each.records}"), within)

    def _written(self, record: Record) -> Record:
        if record.reference is None or record.choice not in (IMPORT, MERGE):
            return record
        try:
            decision = outcome_of(self._imported, record.number, record.reference, self._decimals)
            became = self._filled(record, decision.state) if record.choice == MERGE else self._made(record, decision)
        except Refusal as refusal:
            return replace(record, problem=problem_of(refusal))
        return replace(record, became=became)

    def _made(self, record: Record, decision: Decision[Outcome]) -> str:
        if self._meanwhile and (come := self._meanwhile.come(record, described(decision.state))):
            raise ImportedMeanwhile(outcome=come)
        self._new[record.number] = decision
        return decision.state.id

    def _filled(self, record: Record, told: Outcome) -> str:
        """Merged into what it was to be, or where that went meanwhile."""
        loaded = self._outcomes.load(record.into)
        if further := where_it_went(loaded.state, self._outcomes):
            loaded = self._outcomes.load(further)
        filling = self._filling.get(loaded.id) or Filling(loaded, loaded.state)
        may_merge(self._confirmer, filling.state)
        may_be_filled(filling.state, told)
        filling.state = filled(filling.state, told, (), self._decimals)
        filling.records.append(record.number)
        self._filling[loaded.id] = filling
        return loaded.id

    def _context(self, part: str) -> Context:
        import_id = self._imported.id
        return Context(
            command_id(import_id, part), self._confirmer, self._now, correlation_id=command_id(import_id, "")
        )
