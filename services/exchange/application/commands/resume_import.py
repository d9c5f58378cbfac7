"""An import that no worker has finished is to be taken up again."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import ImportId
from services.exchange.application.importing.ports import Imports
from services.exchange.domain.importing import resume
from services.exchange.domain.permissions.imports import may_import, may_see_import


class ResumeImport(Change):
    """The import that waits to be checked or applied, and why it is to be taken up again."""

    import_id: ImportId
    reason: FullParagraph


def resume_import(command: ResumeImport, context: Context, imports: Imports) -> Receipt:
    """A worker begins again at once. One that is still at it does no harm: of the two, one alone can write."""
    may_import(context.actor)
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer
    return imports.save(imported, resume(imported.state, context.now, command.reason), context)
