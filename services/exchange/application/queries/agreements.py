"""Agreements: one with its balance, and the list."""

from chassis.commands import Command
from chassis.kernel.actor import PROGRAMME_MANAGER, Actor
from chassis.kernel.documents import Loaded
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.agreement_parts import condition_view, termination_view
from services.exchange.application.queries.views import View, history_view, text_of
from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement, Version
from services.exchange.domain.agreement_approving import approval_word
from services.exchange.domain.agreement_difference import difference
from services.exchange.domain.ledger import Account, Ledger
from services.exchange.domain.permissions.agreements import manages_a_partner
from services.exchange.domain.permissions.directory import may_look_up
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import Visit

MOST_BEYOND = 200
"""How many visits that the agreement does not cover are listed."""


class AskAgreement(Command):
    agreement_id: AgreementId


def agreement(
    asked: AskAgreement,
    actor: Actor,
    kept: Agreements,
    ledgers: Ledgers,
    sites: Sites,
    people: People,
    visits: Visits,
) -> View:
    """The agreement with each condition's balance per year, approvals, what waits for approval, and history.

    `booked_after_end`: visits to come or under way that it does not cover as it stands, each with `because`.
    """
    may_look_up(actor)
    found = kept.recorded(asked.agreement_id)
    balances, state = ledgers.of_agreement(found.id), found.state
    return {
        **_summary(found.id, found.version, state, actor, sites),
        "fields": list(state.fields),
        "text_hash": state.text_hash,
        "text_number": state.text_number,
        "in_force_since": text_of(state.in_force_since),
        "note": state.note,
        "conditions": [
            {
                **condition_view(each),
                "balance": [_balance(ledger) for ledger in balances if ledger.condition == each.id],
            }
            for each in state.conditions
        ],
        "amendment": _amendment(state, state.amendment) if state.amendment else None,
        "termination": termination_view(state),
        "booked_after_end": [_beyond(visit, state) for visit in visits.beyond(state, MOST_BEYOND)],
        "history": history_view(found.history, people),
        "may": _offered(state, actor),
    }


def agreements(actor: Actor, kept: Agreements, sites: Sites) -> View:
    """`{items}`: every agreement, newest first."""
    may_look_up(actor)
    return {"items": [_summary(found.id, found.version, found.state, actor, sites) for found in kept.all()]}


def _summary(agreement_id: str, version: int, agreement: Agreement, actor: Actor, sites: Sites) -> View:
    return {
        "id": agreement_id,
        "version": version,
        "state": agreement.state,
        "approval": approval_word(agreement, actor.sites),
        "names": dict(agreement.names),
        "partners": [_partner(site, agreement, sites) for site in agreement.partners],
        "in_effect_from": text_of(agreement.in_effect_from),
        "in_effect_until": text_of(agreement.in_effect_until),
        "last_day": text_of(agreement.last_day),
    }


def _partner(site_id: str, agreement: Agreement, sites: Sites) -> View:
    approval = agreement.approvals.get(site_id)
    return {
        "id": site_id,
        "names": dict(sites.load(site_id).state.names),
        "approved_at": text_of(approval.at) if approval else None,
    }


def _amendment(agreement: Agreement, waiting: Version) -> View:
    """The text that waits to take the place of the one in force: what it changes, and whose approval it needs."""
    return {
        "text_number": waiting.number,
        "text_hash": waiting.text.hash,
        "reason": waiting.made.reason if waiting.made else "",
        "approved": sorted(waiting.approvals),
        "unapproved": list(agreement.unapproved),
        "difference": difference(agreement.text, waiting.text),
    }


def _beyond(visit: Loaded[Visit], agreement: Agreement) -> View:
    state = visit.state
    return {
        "id": visit.id,
        "state": state.state,
        "condition": state.condition,
        "purpose": state.purpose,
        "planned_arrival": text_of(state.planned_arrival),
        "planned_departure": text_of(state.planned_departure),
        "because": uncovered(state, agreement),
    }


def _balance(ledger: Ledger) -> View:
    return {
        "year": ledger.year,
        "visits": _account(ledger.visits),
        "visitor_days": _account(ledger.visitor_days),
        "outcomes": {"promised": ledger.outcomes_promised, "reported": ledger.outcomes_reported},
        "closed": ledger.closed,
    }


def _account(account: Account) -> View:
    return {"promised": account.promised, "used": account.used, "held": account.held, "left": account.left}


def _offered(agreement: Agreement, actor: Actor) -> list[str]:
    """Names of commands; the approval of an amendment names its text: `approve_agreement:2`."""
    offers = []
    if any(actor.has(PROGRAMME_MANAGER, at=site) for site in agreement.unapproved):
        number = f":{agreement.amendment.number}" if agreement.amendment else ""
        offers.append(f"approve_agreement{number}")
    if not manages_a_partner(actor, agreement):
        return offers
    if agreement.state in (DRAFT, IN_EFFECT) and not agreement.termination:
        offers.append("amend_agreement")
        offers += ["revert_agreement"] if len(agreement.versions) > 1 else []
    return [*offers, "terminate_agreement"] if agreement.state == IN_EFFECT else offers
