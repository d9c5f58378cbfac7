"""Agreements: one with its balance, and the list."""

from chassis.commands import Command
from chassis.kernel.actor import PROGRAMME_MANAGER, Actor
from contracts.words import AgreementId
from services.exchange.application.ports import Agreements, Ledgers, People, Sites
from services.exchange.application.queries.views import View, history_view, text_of
from services.exchange.domain.agreement import DRAFT, Agreement, Condition
from services.exchange.domain.ledger import Account, Ledger
from services.exchange.domain.permissions import may_look_up


class AskAgreement(Command):
    agreement_id: AgreementId


def agreement(
    asked: AskAgreement, actor: Actor, kept: Agreements, ledgers: Ledgers, sites: Sites, people: People
) -> View:
    """The agreement with each condition's balance per year, approvals and history."""
    may_look_up(actor)
    found = kept.recorded(asked.agreement_id)
    balances = ledgers.of_agreement(found.id)
    return {
        **_summary(found.id, found.version, found.state, sites),
        "fields": list(found.state.fields),
        "text_hash": found.state.text_hash,
        "note": found.state.note,
        "conditions": [_condition(condition, balances) for condition in found.state.conditions],
        "history": history_view(found.history, people),
        "may": _offered(found.state, actor),
    }


def agreements(actor: Actor, kept: Agreements, sites: Sites) -> View:
    """`{items}`: every agreement, newest first."""
    may_look_up(actor)
    return {"items": [_summary(found.id, found.version, found.state, sites) for found in kept.all()]}


def _summary(agreement_id: str, version: int, agreement: Agreement, sites: Sites) -> View:
    return {
        "id": agreement_id,
        "version": version,
        "state": agreement.state,
        "names": dict(agreement.names),
        "partners": [_partner(site, agreement, sites) for site in agreement.partners],
        "in_effect_from": text_of(agreement.in_effect_from),
        "in_effect_until": text_of(agreement.in_effect_until),
    }


def _partner(site_id: str, agreement: Agreement, sites: Sites) -> View:
    approval = agreement.approvals.get(site_id)
    return {
        "id": site_id,
        "names": dict(sites.load(site_id).state.names),
        "approved_at": text_of(approval.at) if approval else None,
    }


def _condition(condition: Condition, ledgers: list[Ledger]) -> View:
    expected = condition.expects_outcome
    return {
        "id": condition.id,
        "kind": condition.kind,
        "field": condition.field,
        "sending_site": condition.sending_site,
        "host_site": condition.host_site,
        "visits_per_year": condition.visits_per_year,
        "visitor_days_per_year": condition.visitor_days_per_year,
        "outcomes_per_year": condition.outcomes_per_year,
        "acceptance": list(condition.acceptance),
        "reply_within_days": condition.reply_within_days,
        "expects_outcome": {"type": expected.type, "due_days": expected.due_days} if expected else None,
        "balance": [_balance(ledger) for ledger in ledgers if ledger.condition == condition.id],
    }


def _balance(ledger: Ledger) -> View:
    return {
        "year": ledger.year,
        "visits": _account(ledger.visits),
        "visitor_days": _account(ledger.visitor_days),
        "outcomes": {"promised": ledger.outcomes_promised, "reported": ledger.outcomes_reported},
    }


def _account(account: Account) -> View:
    return {"promised": account.promised, "used": account.used, "held": account.held, "left": account.left}


def _offered(agreement: Agreement, actor: Actor) -> list[str]:
    waiting = (site for site in agreement.partners if site not in agreement.approvals)
    own = any(actor.has(PROGRAMME_MANAGER, at=site) for site in waiting)
    return ["approve_agreement"] if agreement.state == DRAFT and own else []
