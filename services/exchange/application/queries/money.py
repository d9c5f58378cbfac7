"""What visits cost: one budget, totals of many, and the rates they are counted by."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Command, PageSize
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Recorded
from chassis.kernel.errors import Unknown
from contracts.words import AgreementId, VisitId
from services.exchange.application.commands.money_fields import CurrencyCode
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.money import Budgets, Currencies, Rates
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.money_views import budget_lines, rate_view, totals_view
from services.exchange.application.queries.views import View, history_view
from services.exchange.domain.budget import Budget, budget_id
from services.exchange.domain.permissions.directory import may_look_up
from services.exchange.domain.permissions.roles import acts_for
from services.exchange.domain.permissions.visits import must_see
from services.exchange.domain.rates import RateTable
from services.exchange.domain.totals import Entry, entries
from services.exchange.domain.visit import Visit

Side = Literal["visit", "agreement", "year", "payer", "kind"]
CHANGES = ["add_money_line", "change_money_line", "remove_money_line", "enter_actual"]


class AskVisitBudget(Command):
    """`currency`: what the total is shown in beside the original currencies."""

    visit_id: VisitId
    currency: CurrencyCode | None = None


class AskMoneyTotals(Command):
    """Of what the actor may see. `by`: one line for each combination of these; `year`: that of the arrival."""

    agreement_id: AgreementId | None = None
    year: Annotated[int, Field(ge=1970, le=2200, strict=True)] | None = None
    by: Annotated[tuple[Side, ...], Field(max_length=5)] = ()
    currency: CurrencyCode | None = None


class AskRates(Command):
    """`after` is the `next` of the page before."""

    after: Annotated[str, Field(max_length=70)] | None = None
    limit: PageSize = 50


def rates(asked: AskRates, actor: Actor, kept: Rates) -> View:
    """`{items, next}`: the rates that were entered."""
    may_look_up(actor)
    page = kept.page(after=asked.after, limit=asked.limit)
    return {"items": [rate_view(rate) for rate in page], "next": page[-1].id if len(page) == asked.limit else None}


def visit_budget(
    asked: AskVisitBudget,
    actor: Actor,
    visits: Visits,
    budgets: Budgets,
    kept_rates: Rates,
    currencies: Currencies,
    people: People,
) -> View:
    """The lines of a visit, removed ones apart, their totals and history. `version` is 0 before the first line.

    Raises `Unknown` also for a visit that the actor may not see.
    """
    visit = visits.load(asked.visit_id).state
    must_see(actor, visit)
    recorded = _recorded(budgets, visit)
    found = entries(recorded.state, visit)
    return {
        "id": recorded.id,
        "version": recorded.version,
        "visit": visit.id,
        **budget_lines(recorded.state),
        **_totals(found, (), asked.currency, kept_rates, currencies),
        "history": history_view(recorded.history, people),
        "may": CHANGES if acts_for(actor, visit.sending_site, visit.host_site) else [],
    }


def money_totals(
    asked: AskMoneyTotals, actor: Actor, visits: Visits, budgets: Budgets, kept_rates: Rates, currencies: Currencies
) -> View:
    """Totals of all budgets of the actor's sites (for administrators: of all), whole and by the sides asked for."""
    everywhere = actor.is_system or actor.has(ADMINISTRATOR)
    found = budgets.among(agreement=asked.agreement_id, sites=None if everywhere else actor.sites)
    stand = visits.named(budget.visit for budget in found)
    counted = [
        entry
        for budget in found
        if asked.year in (None, stand[budget.visit].year)
        for entry in entries(budget, stand[budget.visit])
    ]
    return _totals(counted, asked.by, asked.currency, kept_rates, currencies)


def _totals(
    found: Sequence[Entry], by: tuple[Side, ...], currency: str | None, kept_rates: Rates, currencies: Currencies
) -> View:
    if currency is None:
        return totals_view(found, by, None, RateTable(()))
    into = currencies.named(currency)
    others = {entry.currency for entry in found} - {currency}
    return totals_view(found, by, into, RateTable(kept_rates.into(currency, sorted(others)) if others else ()))


def _recorded(budgets: Budgets, visit: Visit) -> Recorded[Budget]:
    try:
        return budgets.recorded(budget_id(visit.id))
    except Unknown:
        none = Budget(budget_id(visit.id), visit.id, visit.agreement, visit.sending_site, visit.host_site)
        return Recorded(none.id, 0, none, ())
