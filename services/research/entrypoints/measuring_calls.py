"""Calls about figures of outcomes."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class MeasuringCalls(Asking):
    application: Research

    @rpc
    def measures(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskMeasures, self.application.measures, call, fields)

    @rpc
    def promises(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPromises, self.application.promises, call, fields)

    @rpc
    def count_anew(self, call: Call, **fields: Any) -> View:
        return self.ask(commands.CountAnew, self.application.count_anew, call, fields)
