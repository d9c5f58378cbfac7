"""Calls about imports of references."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class ImportCalls(Asking):
    application: Research

    @rpc
    def start_import(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.StartImport, self.application.start_import, call, fields)

    @rpc
    def decide_import_records(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DecideImportRecords, self.application.decide_import_records, call, fields)

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
