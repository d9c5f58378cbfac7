"""Calls about staff visits."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class VisitCalls(Asking):
    application: Exchange

    @rpc
    def propose_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ProposeVisit, self.application.propose_visit, call, fields)

    @rpc
    def reply_to_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReplyToVisit, self.application.reply_to_visit, call, fields)

    @rpc
    def cancel_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelVisit, self.application.cancel_visit, call, fields)

    @rpc
    def record_arrival(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordArrival, self.application.record_arrival, call, fields)

    @rpc
    def fulfil_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.FulfilVisit, self.application.fulfil_visit, call, fields)

    @rpc
    def visit(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisit, self.application.visit, call, fields)

    @rpc
    def visits(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisits, self.application.visits, call, fields)
