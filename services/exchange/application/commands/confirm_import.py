"""Somebody has seen what an import would do, and wants it done."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import HoldTaken
from chassis.kernel.importer import importer
from contracts.words import ImportId
from services.exchange.application.importing.ports import Imports
from services.exchange.domain.importing import confirm
from services.exchange.domain.importing_refusals import ImportRunning
from services.exchange.domain.permissions.imports import may_import, may_see_import


class ConfirmImport(Change):
    """The import, in the version whose preview was seen."""

    import_id: ImportId


def confirm_import(command: ConfirmImport, context: Context, imports: Imports) -> Receipt:
    """A worker applies it from here on, on behalf of who confirms. Raises `ImportRunning` while another is applied."""
    may_import(context.actor)
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer
    try:
        return imports.save(imported, confirm(imported.state, importer(context.actor), context.now), context)
    except HoldTaken:
        raise ImportRunning from None
