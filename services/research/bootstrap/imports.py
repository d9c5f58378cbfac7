"""Imports of references."""

from chassis.clock import Clock
from chassis.failures import failures_told
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands, queries
from services.research.application.importing.applying import apply_import
from services.research.application.importing.checking import check_import
from services.research.application.importing.reading import read_import
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores
from services.research.domain.importing.importing import failed


class Imports:
    """What can be asked about imports, and what a worker does about them."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def start_import(self, command: commands.StartImport, context: Context) -> Receipt:
        on = self.stores
        return commands.start_import(command, context, on.imports, on.import_files, on.people)

    @decided_again_on_conflict
    def decide_import_records(self, command: commands.DecideImportRecords, context: Context) -> Receipt:
        on = self.stores
        return commands.decide_import_records(
            command, context, on.imports, on.import_records, on.outcomes, on.currencies
        )

    @decided_again_on_conflict
    def confirm_import(self, command: commands.ConfirmImport, context: Context) -> Receipt:
        return commands.confirm_import(command, context, self.stores.imports)

    @decided_again_on_conflict
    def cancel_import(self, command: commands.CancelImport, context: Context) -> Receipt:
        on = self.stores
        return commands.cancel_import(command, context, on.imports, on.import_files, on.import_records)

    @decided_again_on_conflict
    def resume_import(self, command: commands.ResumeImport, context: Context) -> Receipt:
        return commands.resume_import(command, context, self.stores.imports)

    def read_import(self, import_id: str, context: Context) -> None:
        on = self.stores
        with failures_told(import_id, context, on.imports, failed):
            decided_again_on_conflict(read_import)(
                import_id, context, on.imports, on.import_files, on.import_records, on.reference_files, self.clock
            )

    def check_import(self, import_id: str, context: Context) -> None:
        on = self.stores
        with failures_told(import_id, context, on.imports, failed):
            decided_again_on_conflict(check_import)(
                import_id, context, on.imports, on.import_records, on.outcomes, on.currencies
            )

    def apply_import(self, import_id: str, context: Context) -> None:
        on = self.stores
        with failures_told(import_id, context, on.imports, failed):
            decided_again_on_conflict(apply_import)(
                import_id, context, on.imports, on.import_records, on.outcomes, on.currencies
            )

    def import_progress(self, asked: queries.AskImport, actor: Actor) -> View:
        return queries.import_progress(asked, actor, self.stores.imports)

    def import_preview(self, asked: queries.AskPreview, actor: Actor) -> View:
        on = self.stores
        return queries.import_preview(asked, actor, on.imports, on.import_records, on.people)

    def imports(self, actor: Actor) -> View:
        return queries.imports(actor, self.stores.imports)
