"""One file per question."""

from services.exchange.application.queries.agreements import AskAgreement, agreement, agreements
from services.exchange.application.queries.directory import people, sites
from services.exchange.application.queries.money import (
    AskMoneyTotals,
    AskRates,
    AskVisitBudget,
    money_totals,
    rates,
    visit_budget,
)
from services.exchange.application.queries.visit import AskVisit, visit
from services.exchange.application.queries.visits import AskVisits, visits

__all__ = [
    "AskAgreement",
    "AskMoneyTotals",
    "AskRates",
    "AskVisit",
    "AskVisitBudget",
    "AskVisits",
    "agreement",
    "agreements",
    "money_totals",
    "people",
    "rates",
    "sites",
    "visit",
    "visit_budget",
    "visits",
]
