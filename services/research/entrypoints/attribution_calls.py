"""Calls about what outcomes came of."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands
from services.research.bootstrap import Research


class AttributionCalls(Asking):
    application: Research

    @rpc
    def attribute_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AttributeOutcome, self.application.attribute_outcome, call, fields)

    @rpc
    def enter_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EnterOutcome, self.application.enter_outcome, call, fields)

    @rpc
    def claim_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ClaimOutcome, self.application.claim_outcome, call, fields)

    @rpc
    def reject_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RejectOutcome, self.application.reject_outcome, call, fields)

    @rpc
    def settle_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SettleOutcome, self.application.settle_outcome, call, fields)
