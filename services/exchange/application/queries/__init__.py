"""One file per question."""

from services.exchange.application.queries.agreements import AskAgreement, agreement, agreements
from services.exchange.application.queries.directory import people, sites
from services.exchange.application.queries.visit import AskVisit, visit
from services.exchange.application.queries.visits import AskVisits, visits

__all__ = ["AskAgreement", "AskVisit", "AskVisits", "agreement", "agreements", "people", "sites", "visit", "visits"]
