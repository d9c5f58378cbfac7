"""Nothing is to come of an import."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from contracts.words import ImportId
from services.exchange.application.importing.ports import ImportRows, Imports
from services.exchange.domain.importing import cancel
from services.exchange.domain.permissions.imports import may_import, may_see_import


class CancelImport(Change):
    """The import is given up, and why; possible until it has been applied, also while a worker is at it."""

    import_id: ImportId
    reason: FullParagraph


def cancel_import(command: CancelImport, context: Context, imports: Imports, kept: ImportRows) -> Receipt:
    """Gives the import up and forgets its rows."""
    may_import(context.actor)
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer

    def both(within: Transaction) -> Receipt:
        kept.drop(command.import_id, within)
        return imports.save(imported, cancel(imported.state, command.reason), context, within)

    return imports.atomically(both)
