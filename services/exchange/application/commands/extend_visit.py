"""Visitors stay longer."""

from chassis.commands import Change, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.planning import Seen
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.extending import extend
from services.exchange.domain.permissions.replies import speaks_for
from services.exchange.domain.permissions.visits import may_act


class ExtendVisit(Change):
    """The later departure, at the host. Those who speak for the other parties say yes by asking for the same day."""

    visit_id: VisitId
    planned_departure: Day
    reason: FullParagraph


def extend_visit(
    command: ExtendVisit, context: Context, visits: Visits, agreements: Agreements, sites: Sites, booking: Booking
) -> Receipt:
    """Asks for it, or, where every party that is needed has said the same day, takes seats, people and quota for it."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_act(context.actor, visit.state, "extend_visit")
    agreement = agreements.load(visit.state.agreement).state
    ends = sites.named((visit.state.sending_site, visit.state.host_site))
    today = ends[visit.state.host_site].today(context.now)
    decision = extend(
        visit.state,
        command.planned_departure,
        agreement,
        parties=[party for party in visit.state.needs if speaks_for(context.actor, party, visit.state)],
        by=context.actor.person,
        reason=command.reason,
        today=today,
        now=context.now,
    )
    return booking.save(visit, decision, context, Seen(agreement, ends))
