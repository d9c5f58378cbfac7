"""Money was spent."""

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.commands.money_fields import AmountText, LineId
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.money import Budgets, Currencies
from services.exchange.domain.budget import Actual, budget_id, enter_actual
from services.exchange.domain.money import amount_of
from services.exchange.domain.permissions.money import may_keep_money


class EnterActual(Change):
    """What a line did cost, in its own currency, on which day at the host. A correction needs `reason`."""

    visit_id: VisitId
    line_id: LineId
    amount: AmountText
    day: Day
    reason: Paragraph = ""


def enter_actual_amount(
    command: EnterActual, context: Context, budgets: Budgets, sites: Sites, currencies: Currencies
) -> Receipt:
    """Notes what was spent beside what was budgeted."""
    budget = budgets.load(budget_id(command.visit_id))
    if answer := budget.answered(context):
        return answer
    may_keep_money(context.actor, budget.state.sending_site, budget.state.host_site, "enter_actual")
    line = budget.state.line(command.line_id)
    actual = Actual(amount_of(command.amount, currencies.named(line.currency)), command.day)
    today = sites.load(budget.state.host_site).state.today(context.now)
    decision = enter_actual(budget.state, line.id, actual, reason=command.reason, today=today)
    return budgets.save(budget, decision, context)
