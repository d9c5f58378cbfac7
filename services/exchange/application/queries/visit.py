"""One visit, whole."""

from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import VisitId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import (
    View,
    department_view,
    history_view,
    notes_view,
    site_view,
    text_of,
    warnings_view,
)
from services.exchange.domain.offers import offered
from services.exchange.domain.parties import NEEDS_ACTION, Reply
from services.exchange.domain.permissions.visits import must_see
from services.exchange.domain.standing import standing
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import Visit


class AskVisit(Command):
    visit_id: VisitId


def visit(
    asked: AskVisit, actor: Actor, visits: Visits, agreements: Agreements, sites: Sites, people: People, now: datetime
) -> View:
    """The visit with its replies and history, and what the actor may do with it now.

    Raises `Unknown` also for a visit that the actor may not see.
    """
    found = visits.recorded(asked.visit_id)
    state = found.state
    must_see(actor, state)
    agreement = agreements.load(state.agreement).state
    today = sites.load(state.host_site).state.today(now)
    planned_on = agreement.removal(state.condition) is None
    return {
        "id": found.id,
        "version": found.version,
        "agreement": {"id": agreement.id, "names": dict(agreement.names)},
        **_places(state, sites),
        **_facts(state),
        "uncovered": uncovered(state, agreement),
        "visitors": _visitors(state, people),
        "replies": _replies(state),
        "warnings": warnings_view(state.warnings),
        "history": history_view(found.history, people),
        "notes": notes_view(state.notes, people),
        "deputies": _deputies(state),
        "may": offered(state, actor, now=now, today=today, planned_on=planned_on),
    }


def _facts(visit: Visit) -> View:
    return {
        "state": visit.state,
        "condition": visit.condition,
        "kind": visit.kind,
        "field": visit.field,
        "purpose": visit.purpose,
        "proposer": visit.proposer,
        "leader": visit.leader,
        "planned_arrival": text_of(visit.planned_arrival),
        "planned_departure": text_of(visit.planned_departure),
        "actual_arrival": text_of(visit.actual_arrival),
        "actual_departure": text_of(visit.actual_departure),
        "reply_by": text_of(visit.reply_by),
        "report": visit.report,
        "flags": list(visit.flags),
        "extension": _extension(visit),
    }


def _places(visit: Visit, sites: Sites) -> View:
    sending, host = sites.load(visit.sending_site).state, sites.load(visit.host_site).state
    return {
        "sending_site": site_view(sending),
        "host_site": site_view(host),
        "host_department": department_view(host, visit.host_department),
    }


def _visitors(visit: Visit, people: People) -> list[View]:
    named = people.named(visitor.person for visitor in visit.visitors)
    return [
        {
            "person": visitor.person,
            "passport_name": named[visitor.person].passport_name,
            "local_name": named[visitor.person].local_name,
            "seat": visitor.seat,
            "arrived_on": text_of(visit.arrival_of(visitor)),
            "departed_on": text_of(visitor.departed_on),
            "standing": standing(visit, visitor),
        }
        for visitor in visit.visitors
    ]


def _replies(visit: Visit) -> View:
    awaited: View = {party: dict(_AWAITED) for party in visit.needs}
    return awaited | {party: _reply(reply) for party, reply in visit.replies.items()}


_AWAITED: View = {
    "status": NEEDS_ACTION,
    "by": None,
    "for": None,
    "at": None,
    "reason": "",
    "arrival": None,
    "departure": None,
}


def _reply(reply: Reply) -> View:
    return {
        "status": reply.status,
        "by": reply.by,
        "for": reply.in_place_of,
        "at": text_of(reply.at),
        "reason": reply.reason,
        "arrival": text_of(reply.arrival),
        "departure": text_of(reply.departure),
    }


def _extension(visit: Visit) -> View | None:
    asked = visit.extension
    return {"departure": text_of(asked.departure), "accepted": sorted(asked.accepted)} if asked else None


def _deputies(visit: Visit) -> list[View]:
    return [
        {
            "party": deputy.party,
            "person": deputy.person,
            "for": deputy.in_place_of,
            "first": text_of(deputy.first),
            "last": text_of(deputy.last),
        }
        for deputy in visit.deputies
    ]
