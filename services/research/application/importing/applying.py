"""What was confirmed is written, a batch at a time, and shown at once."""

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded, Transaction
from services.research.application.importing.filling import Fillings
from services.research.application.importing.writing import Writing
from services.research.application.ports.imports import ImportRecords, Imports
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.importing.importing import APPLYING, Import
from services.research.domain.importing.records import Record, is_merged
from services.research.domain.importing.steps import applied, ended


def apply_import(
    import_id: str, context: Context, imports: Imports, kept: ImportRecords, outcomes: Outcomes, currencies: Currencies
) -> None:
    """Writes the next batch and that it is written, in one transaction: a crash leaves all of a batch or nothing.

    Nothing of it shows. Behind the last batch another transaction merges what is to be merged and ends the import: with
    that all of it shows, as until then nothing is found that an import brought which is being applied.
    """
    imported = imports.load(import_id)
    if imported.state.state != APPLYING:
        return
    if imported.state.is_behind_the_last:
        _end(imported, context, imports, kept, Fillings(imported.state, context, outcomes, currencies))
    else:
        _write(imported, context, imports, kept, Writing(imported.state, context, outcomes, currencies))


def _write(imported: Loaded[Import], context: Context, imports: Imports, kept: ImportRecords, writing: Writing) -> None:
    batch = writing.batch(kept.batch(imported.id, imported.state.batch))
    decision = applied(imported.state, batch, context.now)

    def all_of_it(within: Transaction) -> None:
        # First: of two workers at it one finds here that it is done, and not at the first thing that is there already.
        imports.save(imported, decision, context, within)
        writing.write(within)
        crashpoints.reached("import.before-commit")

    imports.atomically(all_of_it)


def _end(imported: Loaded[Import], context: Context, imports: Imports, kept: ImportRecords, fillings: Fillings) -> None:
    decision = ended(imported.state, fillings.filled(_to_be_merged(imported.state, kept)), context.now)

    def all_of_it(within: Transaction) -> None:
        imports.save(imported, decision, context, within)
        fillings.write(within)
        kept.drop(imported.id, within)
        crashpoints.reached("import.before-commit")

    imports.atomically(all_of_it)


def _to_be_merged(imported: Import, kept: ImportRecords) -> list[Record]:
    if not imported.to_merge:
        return []
    return [each for batch in kept.batches(imported.id) for each in batch if is_merged(each)]
