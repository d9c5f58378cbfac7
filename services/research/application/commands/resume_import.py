"""An import that no worker has finished is to be taken up again."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import ImportId
from services.research.application.ports.imports import Imports
from services.research.domain.importing.importing import resume
from services.research.domain.importing.permissions import may_see_import


class ResumeImport(Command):
    """The import that a worker should be at, and why it is to be taken up again; its version moves on meanwhile."""

    import_id: ImportId
    reason: FullParagraph


def resume_import(command: ResumeImport, context: Context, imports: Imports) -> Receipt:
    """A worker goes on at once. One that is still at it does no harm: of the two, one alone can write."""
    imported = imports.load(command.import_id)
    may_see_import(context.actor, imported.state)
    if answer := imported.answered(context):
        return answer
    return imports.save(imported, resume(imported.state, context.now, command.reason), context)
