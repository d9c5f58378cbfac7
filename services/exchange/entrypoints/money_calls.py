"""Calls about money."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class MoneyCalls(Asking):
    application: Exchange

    @rpc
    def add_money_line(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddMoneyLine, self.application.add_money_line, call, fields)

    @rpc
    def change_money_line(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeMoneyLine, self.application.change_money_line, call, fields)

    @rpc
    def remove_money_line(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemoveMoneyLine, self.application.remove_money_line, call, fields)

    @rpc
    def enter_actual(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EnterActual, self.application.enter_actual, call, fields)

    @rpc
    def enter_rate(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EnterRate, self.application.enter_rate, call, fields)

    @rpc
    def rates(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskRates, self.application.rates, call, fields)

    @rpc
    def visit_budget(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisitBudget, self.application.visit_budget, call, fields)

    @rpc
    def money_totals(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskMoneyTotals, self.application.money_totals, call, fields)
