"""Calls about what waits for answers."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class EscalationCalls(Asking):
    application: Notify

    @rpc
    def escalations(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskEscalations, self.application.escalations, call, fields)

    @rpc
    def stop_escalation(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.StopEscalation, self.application.stop_escalation, call, fields)
