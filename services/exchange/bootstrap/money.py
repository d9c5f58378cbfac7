"""What visits cost."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Money:
    """What can be asked about budgets and rates."""

    stores: Stores

    @decided_again_on_conflict
    def add_money_line(self, command: commands.AddMoneyLine, context: Context) -> Receipt:
        stores = self.stores
        return commands.add_money_line(
            command, context, stores.budgets, stores.visits, stores.agreements, stores.currencies
        )

    @decided_again_on_conflict
    def change_money_line(self, command: commands.ChangeMoneyLine, context: Context) -> Receipt:
        return commands.change_money_line(command, context, self.stores.budgets, self.stores.currencies)

    @decided_again_on_conflict
    def remove_money_line(self, command: commands.RemoveMoneyLine, context: Context) -> Receipt:
        return commands.remove_money_line(command, context, self.stores.budgets)

    @decided_again_on_conflict
    def enter_actual(self, command: commands.EnterActual, context: Context) -> Receipt:
        stores = self.stores
        return commands.enter_actual_amount(command, context, stores.budgets, stores.sites, stores.currencies)

    @decided_again_on_conflict
    def enter_rate(self, command: commands.EnterRate, context: Context) -> Receipt:
        return commands.enter_rate(command, context, self.stores.rates, self.stores.currencies)

    def rates(self, asked: queries.AskRates, actor: Actor) -> View:
        return queries.rates(asked, actor, self.stores.rates)

    def visit_budget(self, asked: queries.AskVisitBudget, actor: Actor) -> View:
        stores = self.stores
        return queries.visit_budget(
            asked, actor, stores.visits, stores.budgets, stores.rates, stores.currencies, stores.people
        )

    def money_totals(self, asked: queries.AskMoneyTotals, actor: Actor) -> View:
        stores = self.stores
        return queries.money_totals(asked, actor, stores.visits, stores.budgets, stores.rates, stores.currencies)
