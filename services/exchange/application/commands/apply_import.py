"""What was confirmed is written."""

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.documents import Transaction
from services.exchange.application.importing.gathering import write_all
from services.exchange.application.importing.planning import plan_of
from services.exchange.application.importing.ports import ImportRows, Imports
from services.exchange.application.importing.work import Shelves, Work, importer_of
from services.exchange.domain.importing import APPLIED, APPLYING, applied


def apply_import(import_id: str, context: Context, imports: Imports, kept: ImportRows, shelves: Shelves) -> None:
    """Writes every row and that it is done, in one transaction: a reader sees all of it or none.

    A crash before its end leaves nothing, and the worker begins again; after it there is nothing left to do.
    """
    imported = imports.load(import_id)
    if imported.state.state != APPLYING:
        return
    work = Work(import_id, importer_of(imported.state), context.now, shelves)
    decision = applied(imported.state, plan_of(kept.of(import_id), work))

    def all_of_it(within: Transaction) -> None:
        # First: of two workers at it one finds here that it is done, and not at the first thing that is there already.
        imports.save(imported, decision, context, within)
        if decision.state.state == APPLIED:
            write_all(work.gathered, within)
            kept.drop(import_id, within)
        crashpoints.reached("import.before-commit")

    imports.atomically(all_of_it)
