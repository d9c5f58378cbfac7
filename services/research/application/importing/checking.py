"""The records of an import are looked through, a batch at a time."""

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal
from services.research.application.duplicates import duplicates_of
from services.research.application.importing.becoming import importer_of, outcome_of
from services.research.application.importing.reading import problem_of
from services.research.application.ports.imports import ImportRecords, Imports
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.duplicates.described import described
from services.research.domain.importing.importing import CHECKING, Import, checked
from services.research.domain.importing.records import Alike, Record, looked_through, unfit
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_see


def check_import(
    import_id: str, context: Context, imports: Imports, kept: ImportRecords, outcomes: Outcomes, currencies: Currencies
) -> None:
    """Says of each record of the next batch whether it can be kept and what it may be. Writes nothing but that."""
    imported = imports.load(import_id)
    if imported.state.state != CHECKING:
        return
    number = imported.state.batch
    batch = [_looked_through(each, imported.state, outcomes, currencies) for each in kept.batch(import_id, number)]
    decision = checked(imported.state, batch, context.now)

    def both(within: Transaction) -> None:
        imports.save(imported, decision, context, within)
        kept.write(import_id, number, batch, within)

    imports.atomically(both)


def _looked_through(record: Record, imported: Import, outcomes: Outcomes, currencies: Currencies) -> Record:
    if record.reference is None:
        return record
    try:
        outcome = outcome_of(imported, record.number, record.reference, currencies.decimals).state
    except Refusal as refusal:
        return unfit(record, problem_of(refusal))
    return looked_through(record, _in_store(outcome, importer_of(imported), outcomes))


def _in_store(outcome: Outcome, importer: Actor, outcomes: Outcomes) -> list[Alike]:
    found = duplicates_of(described(outcome), outcomes, lambda other: may_see(importer, other))
    return [Alike(each.likeness, outcome=each.id) for each in found]
