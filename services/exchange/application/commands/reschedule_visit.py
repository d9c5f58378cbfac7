"""A visit moves to other days."""

from chassis.commands import Change, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.planning import Seen
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.moving import Days, reschedule
from services.exchange.domain.permissions.visits import may_act


class RescheduleVisit(Change):
    """The new days, at the host, both ends included."""

    visit_id: VisitId
    planned_arrival: Day
    planned_departure: Day
    reason: FullParagraph


def reschedule_visit(
    command: RescheduleVisit, context: Context, visits: Visits, agreements: Agreements, sites: Sites, booking: Booking
) -> Receipt:
    """Moves what is held and the quota in one write; acceptances of others than the mover lapse."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_act(context.actor, visit.state, "reschedule_visit")
    agreement = agreements.load(visit.state.agreement).state
    ends = sites.named((visit.state.sending_site, visit.state.host_site))
    today = ends[visit.state.host_site].today(context.now)
    decision = reschedule(
        visit.state,
        Days(command.planned_arrival, command.planned_departure),
        agreement,
        by=context.actor.person,
        reason=command.reason,
        today=today,
        now=context.now,
    )
    return booking.save(visit, decision, context, Seen(agreement, ends))
