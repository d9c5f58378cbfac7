"""Calls about who outside may read of outcomes."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class PublicityCalls(Asking):
    application: Research

    @rpc
    def publish_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.PublishOutcome, self.application.publish_outcome, call, fields)

    @rpc
    def unpublish_outcome(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.UnpublishOutcome, self.application.unpublish_outcome, call, fields)

    @rpc
    def harvest(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskHarvest, self.application.harvest, call, fields)
