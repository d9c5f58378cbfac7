"""Calls about imports and exports."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class ImportCalls(Asking):
    application: Exchange

    @rpc
    def start_import(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.StartImport, self.application.start_import, call, fields)

    @rpc
    def confirm_import(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ConfirmImport, self.application.confirm_import, call, fields)

    @rpc
    def cancel_import(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelImport, self.application.cancel_import, call, fields)

    @rpc
    def resume_import(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ResumeImport, self.application.resume_import, call, fields)

    @rpc
    def import_progress(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskImport, self.application.import_progress, call, fields)

    @rpc
    def import_preview(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPreview, self.application.import_preview, call, fields)

    @rpc
    def imports(self, call: Call) -> View:
        return self.application.imports(call.actor)

    @rpc
    def export_xlsx(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.ExportXlsx, self.application.export_xlsx, call, fields)

    @rpc
    def export_csv(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.ExportCsv, self.application.export_csv, call, fields)
