"""Calls about outcomes that may be one and the same."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class DuplicateCalls(Asking):
    application: Research

    @rpc
    def merge_outcomes(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MergeOutcomes, self.application.merge_outcomes, call, fields)

    @rpc
    def duplicates_of(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDuplicates, self.application.duplicates_of, call, fields)
