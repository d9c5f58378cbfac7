"""What research can be asked over RPC. A method's fields are those of its command or question."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import Application, rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research
from services.research.entrypoints.subscriptions import Subscriptions


class ResearchService(Asking, Subscriptions):
    """Calls and events of one process share the application and its connections."""

    name = "research"
    application: Research = Application()

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
    def decide_gate(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DecideGate, self.application.decide_gate, call, fields)

    @rpc
    def confirm_adoption(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ConfirmAdoption, self.application.confirm_adoption, call, fields)

    @rpc
    def outcome(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOutcome, self.application.outcome, call, fields)

    @rpc
    def outcomes(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOutcomes, self.application.outcomes, call, fields)
