"""Calls about what law asks between the partners."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import queries
from services.research.application.commands import legal
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class LegalCalls(Asking):
    application: Research

    @rpc
    def require_clearance(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.RequireClearance, self.application.require_clearance, call, fields)

    @rpc
    def change_requirement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.ChangeRequirement, self.application.change_requirement, call, fields)

    @rpc
    def end_requirement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.EndRequirement, self.application.end_requirement, call, fields)

    @rpc
    def record_clearance(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.RecordClearance, self.application.record_clearance, call, fields)

    @rpc
    def waive_clearance(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.WaiveClearance, self.application.waive_clearance, call, fields)

    @rpc
    def revoke_clearance(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.RevokeClearance, self.application.revoke_clearance, call, fields)

    @rpc
    def state_directions(self, call: Call, **fields: Any) -> Receipt:
        return self.give(legal.StateDirections, self.application.state_directions, call, fields)

    @rpc
    def requirements(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskRequirements, self.application.requirements, call, fields)
