"""Calls about what became of messages."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class DeliveryCalls(Asking):
    application: Notify

    @rpc
    def resend(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.Resend, self.application.resend, call, fields)

    @rpc
    def deliveries(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDeliveries, self.application.deliveries, call, fields)

    @rpc
    def explain(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskExplain, self.application.explain, call, fields)
