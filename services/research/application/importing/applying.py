"""What was confirmed is written, a batch at a time."""

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.documents import Transaction
from services.research.application.importing.writing import Writing
from services.research.application.ports.imports import ImportRecords, Imports
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.importing.importing import APPLIED, APPLYING, applied


def apply_import(
    import_id: str, context: Context, imports: Imports, kept: ImportRecords, outcomes: Outcomes, currencies: Currencies
) -> None:
    """Writes the next batch and that it is written, in one transaction: a crash leaves all of a batch or nothing.

    What is new shows with the last batch: until then the import is being applied, and nothing that it brought is found.
    """
    imported = imports.load(import_id)
    if imported.state.state != APPLYING:
        return
    number = imported.state.batch
    writing = Writing(imported.state, context, outcomes, currencies)
    batch = writing.batch(kept.batch(import_id, number))
    decision = applied(imported.state, batch, context.now)

    def all_of_it(within: Transaction) -> None:
        # First: of two workers at it one finds here that it is done, and not at the first thing that is there already.
        imports.save(imported, decision, context, within)
        writing.write(within)
        if decision.state.state == APPLIED:
            kept.drop(import_id, within)
        crashpoints.reached("import.before-commit")

    imports.atomically(all_of_it)
