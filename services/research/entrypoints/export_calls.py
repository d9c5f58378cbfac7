"""Calls for outcomes as files."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class ExportCalls(Asking):
    application: Research

    @rpc
    def export_outcomes(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.ExportOutcomes, self.application.export_outcomes, call, fields)
