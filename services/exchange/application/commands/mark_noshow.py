"""Nobody came."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.permissions.visits import may_record
from services.exchange.domain.writing_off import mark_noshow as noshow


class MarkNoshow(Change):
    """The arrival day is over and nobody came."""

    visit_id: VisitId
    reason: FullParagraph


def mark_noshow(command: MarkNoshow, context: Context, visits: Visits, sites: Sites, booking: Booking) -> Receipt:
    """Ends the visit and gives everything back."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "mark_noshow")
    today = sites.load(visit.state.host_site).state.today(context.now)
    decision = noshow(visit.state, by=context.actor.person, reason=command.reason, today=today)
    return booking.save(visit, decision, context)
