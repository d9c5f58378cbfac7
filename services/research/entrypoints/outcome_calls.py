"""Calls about outcomes."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class OutcomeCalls(Asking):
    application: Research

    @rpc
    def report_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReportOutcome, self.application.report_outcome, call, fields)

    @rpc
    def correct_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CorrectOutcome, self.application.correct_outcome, call, fields)

    @rpc
    def waive_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WaiveOutcome, self.application.waive_outcome, call, fields)

    @rpc
    def outcome(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOutcome, self.application.outcome, call, fields)

    @rpc
    def owed(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOwed, self.application.owed, call, fields)

    @rpc
    def outcomes(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOutcomes, self.application.outcomes, call, fields)
