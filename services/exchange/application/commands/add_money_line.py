"""A visit is expected to cost something."""

from dataclasses import replace

from chassis.commands import Command, Day, Paragraph, Version
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import StaleVersion, Unknown
from chassis.kernel.ids import document_id
from contracts.words import VisitId
from services.exchange.application.commands.money_fields import AmountText, CurrencyCode
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.money import Budgets, Currencies
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.budget import Budget, Line, add_line, budget_id
from services.exchange.domain.cost_sharing import Kind, Payer, agreed_payer, proposed_payer
from services.exchange.domain.money import amount_of
from services.exchange.domain.permissions.money import may_keep_money
from services.exchange.domain.visit import Visit


class AddMoneyLine(Command):
    """One expense of a visit. Without `payer` the one that the agreement proposes pays; another needs `payer_reason`.

    `day` is the one that its rate is looked up for: the planned arrival when left out.
    `expected_version` is that of the budget, where the caller saw one.
    """

    visit_id: VisitId
    kind: Kind
    currency: CurrencyCode
    budgeted: AmountText
    day: Day | None = None
    payer: Payer | None = None
    payer_reason: Paragraph = ""
    note: Paragraph = ""
    expected_version: Version | None = None


def add_money_line(
    command: AddMoneyLine,
    context: Context,
    budgets: Budgets,
    visits: Visits,
    agreements: Agreements,
    currencies: Currencies,
) -> Receipt:
    """Adds the line to the visit's budget; the first one opens it."""
    visit = visits.load(command.visit_id).state
    may_keep_money(context.actor, visit.sending_site, visit.host_site, "add_money_line")
    seen = replace(context, expected_version=command.expected_version)
    standing = _standing(budgets, visit, seen)
    if standing and (answer := standing.answered(seen)):
        return answer
    line = _line(command, context, visit, agreements, currencies)
    if standing:
        return budgets.save(standing, add_line(standing.state, line), context)
    opened = Budget(budget_id(visit.id), visit.id, visit.agreement, visit.sending_site, visit.host_site)
    return budgets.add(opened.id, add_line(opened, line), context)


def _standing(budgets: Budgets, visit: Visit, context: Context) -> Loaded[Budget] | None:
    try:
        return budgets.load(budget_id(visit.id))
    except Unknown:
        if context.expected_version is not None:
            raise StaleVersion(id=budget_id(visit.id), expected=context.expected_version, actual=0) from None
        return None


def _line(
    command: AddMoneyLine, context: Context, visit: Visit, agreements: Agreements, currencies: Currencies
) -> Line:
    currency = currencies.named(command.currency)
    condition = agreements.load(visit.agreement).state.condition(visit.condition)
    proposed = proposed_payer(command.kind, condition.cost_sharing)
    payer = agreed_payer(command.kind, proposed=proposed, payer=command.payer, reason=command.payer_reason)
    return Line(
        id=document_id("mln", context.command_id),
        kind=command.kind,
        payer=payer,
        proposed=proposed,
        currency=currency.code,
        budgeted=amount_of(command.budgeted, currency),
        day=command.day or visit.planned_arrival,
        payer_reason=command.payer_reason if payer != proposed else "",
        note=command.note,
    )
