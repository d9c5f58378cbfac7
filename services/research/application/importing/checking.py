"""The records of an import are looked through, a batch at a time."""

from collections.abc import Iterator, Sequence

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal
from services.research.application.duplicates import among, candidates_of
from services.research.application.importing.becoming import importer_of, outcome_of
from services.research.application.importing.reading import problem_of
from services.research.application.ports.imports import ImportRecords, Imports
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.duplicates.described import described
from services.research.domain.duplicates.scoring import Described
from services.research.domain.importing.importing import CHECKING, Import
from services.research.domain.importing.records import Alike, Record, looked_through, unfit
from services.research.domain.importing.steps import checked, looking
from services.research.domain.permissions import may_see


def check_import(
    import_id: str, context: Context, imports: Imports, kept: ImportRecords, outcomes: Outcomes, currencies: Currencies
) -> None:
    """Says of each record of the next batch whether it can be kept and what it may be. Writes nothing but that."""
    imported = imports.load(import_id)
    if imported.state.state != CHECKING:
        return
    number = imported.state.batch
    state = looking(imported.state, context.now, imports.being_applied())
    batch = list(_looked_through(kept.batch(import_id, number), state, outcomes, currencies))
    decision = checked(state, batch, context.now)

    def both(within: Transaction) -> None:
        imports.save(imported, decision, context, within)
        kept.write(import_id, number, batch, within)

    imports.atomically(both)


def _looked_through(
    records: Sequence[Record], imported: Import, outcomes: Outcomes, currencies: Currencies
) -> Iterator[Record]:
    read = [_told(each, imported, currencies) for each in records]
    near = candidates_of((told for _, told in read), outcomes)
    for (record, told), candidates in zip(read, near, strict=True):
        alike = _in_store(candidates, told, importer_of(imported), outcomes) if told else ()
        yield looked_through(record, alike) if told else record


def _told(record: Record, imported: Import, currencies: Currencies) -> tuple[Record, Described | None]:
    """What it is compared by; nothing where it is unfit."""
    if record.reference is None:
        return record, None
    try:
        return record, described(outcome_of(imported, record.number, record.reference, currencies.decimals).state)
    except Refusal as refusal:
        return unfit(record, problem_of(refusal)), None


def _in_store(
    candidates: dict[str, Described], told: Described, importer: Actor, outcomes: Outcomes
) -> Sequence[Alike]:
    found = among(candidates, told, outcomes, lambda other: may_see(importer, other))
    return [Alike(each.likeness, outcome=each.id) for each in found]
