"""Calls about what has to be done around visits."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class TrackCalls(Asking):
    application: Exchange

    @rpc
    def complete_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CompleteStep, self.application.complete_step, call, fields)

    @rpc
    def waive_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WaiveStep, self.application.waive_step, call, fields)

    @rpc
    def slip_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SlipStep, self.application.slip_step, call, fields)

    @rpc
    def reopen_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReopenStep, self.application.reopen_step, call, fields)

    @rpc
    def visit_track(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisitTrack, self.application.visit_track, call, fields)

    @rpc
    def open_steps(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOpenSteps, self.application.open_steps, call, fields)
