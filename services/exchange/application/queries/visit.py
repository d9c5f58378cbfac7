"""One visit, whole."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import VisitId
from services.exchange.application.ports import Agreements, People, Sites, Visits
from services.exchange.application.queries.views import (
    View,
    department_view,
    history_view,
    site_view,
    text_of,
    warnings_view,
)
from services.exchange.domain.offers import offered
from services.exchange.domain.permissions import may_see
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import Visit


class AskVisit(Command):
    visit_id: VisitId


def visit(asked: AskVisit, actor: Actor, visits: Visits, agreements: Agreements, sites: Sites, people: People) -> View:
    """The visit with its replies and history, and what the actor may do with it now.

    Raises `Unknown` also for a visit that the actor may not see.
    """
    found = visits.recorded(asked.visit_id)
    if not may_see(actor, found.state):
        raise Unknown(kind="visit", id=asked.visit_id)
    state = found.state
    agreement = agreements.load(state.agreement).state
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
        "may": offered(state, actor),
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
        }
        for visitor in visit.visitors
    ]


def _replies(visit: Visit) -> View:
    awaited: View = {party: {"status": "needs-action", "by": None, "at": None, "reason": ""} for party in visit.needs}
    return awaited | {
        party: {"status": reply.status, "by": reply.by, "at": text_of(reply.at), "reason": reply.reason}
        for party, reply in visit.replies.items()
    }
