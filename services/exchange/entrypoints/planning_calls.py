"""Calls about planning ahead."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class PlanningCalls(Asking):
    application: Exchange

    @rpc
    def why_not(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskWhyNot, self.application.why_not, call, fields)
