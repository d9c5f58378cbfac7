"""Calls about finding a time."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class FindingCalls(Asking):
    application: Exchange

    @rpc
    def find_a_time(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskFindATime, self.application.find_a_time, call, fields)
