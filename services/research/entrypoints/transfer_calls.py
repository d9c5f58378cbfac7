"""Calls about gates and adoption."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands
from services.research.bootstrap import Research


class TransferCalls(Asking):
    application: Research

    @rpc
    def decide_gate(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DecideGate, self.application.decide_gate, call, fields)

    @rpc
    def rate_readiness(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RateReadiness, self.application.rate_readiness, call, fields)

    @rpc
    def confirm_adoption(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ConfirmAdoption, self.application.confirm_adoption, call, fields)

    @rpc
    def end_adoption(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EndAdoption, self.application.end_adoption, call, fields)

    @rpc
    def record_follow_up(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordFollowUp, self.application.record_follow_up, call, fields)
