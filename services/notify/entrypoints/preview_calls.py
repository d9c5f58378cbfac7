"""Calls about messages that nobody gets."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class PreviewCalls(Asking):
    application: Notify

    @rpc
    def preview(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPreview, self.application.preview, call, fields)

    @rpc
    def purposes(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPurposes, self.application.purposes, call, fields)
