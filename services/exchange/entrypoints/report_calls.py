"""Calls about annual reports."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class ReportCalls(Asking):
    application: Exchange

    @rpc
    def make_annual_report(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MakeAnnualReport, self.application.make_annual_report, call, fields)

    @rpc
    def annual_report(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskReport, self.application.annual_report, call, fields)

    @rpc
    def annual_report_file(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskReportFile, self.application.annual_report_file, call, fields)
