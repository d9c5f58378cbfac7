"""The rows of an import are checked."""

from chassis.kernel.context import Context
from services.exchange.application.importing.planning import plan_of
from services.exchange.application.importing.ports import ImportRows, Imports
from services.exchange.application.importing.work import Shelves, Work, importer_of
from services.exchange.domain.importing import CHECKING, checked


def check_import(import_id: str, context: Context, imports: Imports, kept: ImportRows, shelves: Shelves) -> None:
    """Decides every row as if it were given alone, and keeps what was found. Writes nothing but that."""
    imported = imports.load(import_id)
    if imported.state.state != CHECKING:
        return
    plan = plan_of(kept.of(import_id), Work(import_id, importer_of(imported.state), context.now, shelves))
    imports.save(imported, checked(imported.state, plan), context)
