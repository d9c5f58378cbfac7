"""An expense turns out to be another than expected."""

from dataclasses import replace

from chassis.commands import Change, Day, FullParagraph, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.commands.money_fields import AmountText, CurrencyCode, LineId
from services.exchange.application.ports.money import Budgets, Currencies
from services.exchange.domain.budget import Line, budget_id, change_line
from services.exchange.domain.cost_sharing import Payer, agreed_payer
from services.exchange.domain.money import amount_of
from services.exchange.domain.permissions.money import may_keep_money


class ChangeMoneyLine(Change):
    """What is left out stays as it is. `reason` goes into the history; for another payer it is the reason, too."""

    visit_id: VisitId
    line_id: LineId
    reason: FullParagraph
    budgeted: AmountText | None = None
    currency: CurrencyCode | None = None
    day: Day | None = None
    payer: Payer | None = None
    note: Paragraph | None = None


def change_money_line(command: ChangeMoneyLine, context: Context, budgets: Budgets, currencies: Currencies) -> Receipt:
    """Changes the line; the history tells what it was before."""
    budget = budgets.load(budget_id(command.visit_id))
    if answer := budget.answered(context):
        return answer
    may_keep_money(context.actor, budget.state.sending_site, budget.state.host_site, "change_money_line")
    changed = _changed(budget.state.line(command.line_id), command, currencies)
    return budgets.save(budget, change_line(budget.state, changed, reason=command.reason), context)


def _changed(line: Line, command: ChangeMoneyLine, currencies: Currencies) -> Line:
    currency = currencies.named(command.currency or line.currency)
    payer, why = line.payer, line.payer_reason
    if command.payer:
        payer = agreed_payer(line.kind, proposed=line.proposed, payer=command.payer, reason=command.reason)
        why = command.reason if payer != line.proposed else ""
    return replace(
        line,
        budgeted=amount_of(command.budgeted or str(line.budgeted), currency),
        currency=currency.code,
        day=command.day or line.day,
        payer=payer,
        payer_reason=why,
        note=line.note if command.note is None else command.note,
    )
