"""Somebody says what is to become of records of an import."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chassis.commands import Change
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal
from contracts.words import ImportId, OutcomeId
from services.research.application.importing.becoming import outcome_of
from services.research.application.ports.imports import ImportRecords, Imports
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.importing.importing import BATCH, Import, decided, may_be_decided
from services.research.domain.importing.permissions import may_see_import
from services.research.domain.importing.records import MERGE, Record, chosen, is_merged
from services.research.domain.importing.refusals import NoSuchRecord, NotMergeable
from services.research.domain.merging import may_be_filled
from services.research.domain.permissions import may_merge
from services.research.domain.references import Reference

Number = Annotated[int, Field(ge=1, strict=True)]


class DecideImportRecords(Change):
    """`records` by their numbers, or all that were `found` to be something. `into`: which outcome they are merged into;
    where none is named each goes into the likeliest that was found."""

    import_id: ImportId
    choice: Literal["import", "skip", "merge"]
    records: Annotated[tuple[Number, ...], Field(max_length=1000)] = ()
    found: Literal["new", "possible", "likely", "same"] | None = None
    into: OutcomeId | None = None

    @model_validator(mode="after")
    def _of_some(self) -> Self:
        if bool(self.records) == (self.found is not None):
            raise ValueError("name records by their numbers, or what they were found to be")
        if self.into and self.choice != MERGE:
            raise ValueError("into belongs to merge")
        return self


def decide_import_records(
    command: DecideImportRecords,
    context: Context,
    imports: Imports,
    kept: ImportRecords,
    outcomes: Outcomes,
    currencies: Currencies,
) -> Receipt:
    """Keeps what is wanted; nothing is done before it is confirmed. Of what is refused for one, nothing is kept."""
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer
    may_be_decided(imported.state)
    deciding = _Deciding(command, imported.state, context.actor, outcomes, currencies)
    changed = dict(deciding.changed(kept))
    decision = decided(imported.state, deciding.more_to_merge, _what(command))

    def all_of_it(within: Transaction) -> Receipt:
        for number, batch in changed.items():
            kept.write(command.import_id, number, batch, within)
        return imports.save(imported, decision, context, within)

    return imports.atomically(all_of_it)


class _Deciding:
    def __init__(
        self,
        command: DecideImportRecords,
        imported: Import,
        actor: Actor,
        outcomes: Outcomes,
        currencies: Currencies,
    ) -> None:
        self._command, self._imported, self._actor = command, imported, actor
        self._outcomes, self._currencies = outcomes, currencies
        self.more_to_merge = 0

    def changed(self, kept: ImportRecords) -> Iterator[tuple[int, list[Record]]]:
        """The batches with any of the records, as they are to be. Raises `NoSuchRecord` and what `chosen` does."""
        wanted = set(self._command.records)
        if wanted and max(wanted) > self._imported.records:
            raise NoSuchRecord(record=max(wanted), records=self._imported.records)
        numbers = {(each - 1) // BATCH for each in wanted} or range(-(-self._imported.records // BATCH))
        for number in sorted(numbers):
            before = kept.batch(self._imported.id, number)
            after = [self._decided(each) if self._is_meant(each, wanted) else each for each in before]
            if after != before:
                self.more_to_merge += sum(map(is_merged, after)) - sum(map(is_merged, before))
                yield number, after

    def _is_meant(self, record: Record, wanted: set[int]) -> bool:
        return record.number in wanted or record.found == self._command.found

    def _decided(self, record: Record) -> Record:
        decided = chosen(record, self._command.choice, self._command.into or "")
        if decided.choice == MERGE and decided.reference:
            self._must_fit(decided, decided.reference)
        return decided

    def _must_fit(self, record: Record, reference: Reference) -> None:
        """Whether it can be merged as things stand; it is asked again when it is. Raises `NotMergeable`."""
        try:
            into = self._outcomes.load(record.into).state
            told = outcome_of(self._imported, record.number, reference, self._currencies.decimals).state
            may_merge(self._actor, into)
            may_be_filled(into, told)
        except Refusal as refusal:
            raise NotMergeable(record=record.number, into=record.into, why=refusal.name) from None


def _what(command: DecideImportRecords) -> str:
    which = f"all that are {command.found}" if command.found else f"{len(command.records)} records"
    return f"{which}: {command.choice}" + (f" into {command.into}" if command.into else "")
