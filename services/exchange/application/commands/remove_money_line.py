"""An expense is not to be expected after all."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.commands.money_fields import LineId
from services.exchange.application.ports.money import Budgets
from services.exchange.domain.budget import budget_id, remove_line
from services.exchange.domain.permissions.money import may_keep_money


class RemoveMoneyLine(Change):
    """The line counts no longer; it stays in the budget with the reason."""

    visit_id: VisitId
    line_id: LineId
    reason: FullParagraph


def remove_money_line(command: RemoveMoneyLine, context: Context, budgets: Budgets) -> Receipt:
    """Takes the line out of every total."""
    budget = budgets.load(budget_id(command.visit_id))
    if answer := budget.answered(context):
        return answer
    may_keep_money(context.actor, budget.state.sending_site, budget.state.host_site, "remove_money_line")
    return budgets.save(budget, remove_line(budget.state, command.line_id, reason=command.reason), context)
