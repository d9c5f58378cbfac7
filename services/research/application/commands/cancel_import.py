"""Nothing is to come of an import."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from contracts.words import ImportId
from services.research.application.ports.imports import ImportFiles, ImportRecords, Imports
from services.research.domain.importing.importing import cancel
from services.research.domain.importing.permissions import may_see_import


class CancelImport(Command):
    """The import is given up, and why; possible until it is confirmed. While a worker is at it its version moves on,
    so none is named."""

    import_id: ImportId
    reason: FullParagraph


def cancel_import(
    command: CancelImport, context: Context, imports: Imports, files: ImportFiles, kept: ImportRecords
) -> Receipt:
    """Gives the import up and forgets what its file said."""
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer
    decision = cancel(imported.state, command.reason)

    def all_of_it(within: Transaction) -> Receipt:
        receipt = imports.save(imported, decision, context, within)
        files.drop(command.import_id, within)
        kept.drop(command.import_id, within)
        return receipt

    return imports.atomically(all_of_it)
