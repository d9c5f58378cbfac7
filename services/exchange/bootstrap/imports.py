"""Imports and exports."""

from collections.abc import Callable

from chassis.failures import failures_told
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.booking import Booking
from services.exchange.application.commands.apply_import import apply_import
from services.exchange.application.commands.check_import import check_import
from services.exchange.application.importing.ports import ImportRows
from services.exchange.application.importing.ports import Imports as KeptImports
from services.exchange.application.importing.work import Shelves
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores
from services.exchange.domain.importing import failed

Step = Callable[[str, Context, KeptImports, ImportRows, Shelves], None]
"""What a worker does about an import."""


class Imports:
    """What can be asked about imports and exports."""

    stores: Stores
    booking_on: Callable[[Visits, Ledgers], Booking]

    @decided_again_on_conflict
    def start_import(self, command: commands.StartImport, context: Context) -> Receipt:
        stores = self.stores
        return commands.start_import(command, context, stores.imports, stores.import_rows, stores.spreadsheets)

    @decided_again_on_conflict
    def confirm_import(self, command: commands.ConfirmImport, context: Context) -> Receipt:
        return commands.confirm_import(command, context, self.stores.imports)

    @decided_again_on_conflict
    def cancel_import(self, command: commands.CancelImport, context: Context) -> Receipt:
        return commands.cancel_import(command, context, self.stores.imports, self.stores.import_rows)

    @decided_again_on_conflict
    def resume_import(self, command: commands.ResumeImport, context: Context) -> Receipt:
        return commands.resume_import(command, context, self.stores.imports)

    def check_import(self, import_id: str, context: Context) -> None:
        self._worked_at(check_import, import_id, context)

    def apply_import(self, import_id: str, context: Context) -> None:
        self._worked_at(apply_import, import_id, context)

    def _worked_at(self, step: Step, import_id: str, context: Context) -> None:
        stores = self.stores
        with failures_told(import_id, context, stores.imports, failed):
            decided_again_on_conflict(step)(import_id, context, stores.imports, stores.import_rows, self._shelves)

    def import_progress(self, asked: queries.AskImport, actor: Actor) -> View:
        return queries.import_progress(asked, actor, self.stores.imports)

    def import_preview(self, asked: queries.AskPreview, actor: Actor) -> View:
        return queries.import_preview(asked, actor, self.stores.imports, self.stores.people)

    def imports(self, actor: Actor) -> View:
        return queries.imports(actor, self.stores.imports)

    def export_xlsx(self, asked: queries.ExportXlsx, actor: Actor) -> View:
        return queries.export_xlsx(asked, actor, self._shelves, self.stores.spreadsheets)

    def export_csv(self, asked: queries.ExportCsv, actor: Actor) -> View:
        return queries.export_csv(asked, actor, self._shelves, self.stores.spreadsheets)

    @property
    def _shelves(self) -> Shelves:
        stores = self.stores
        return Shelves(stores.sites, stores.people, stores.agreements, stores.visits, stores.ledgers, self.booking_on)
