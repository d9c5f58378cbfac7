"""A visit took place and is over."""

from chassis.commands import Change, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.attending import fulfil
from services.exchange.domain.permissions.visits import may_record


class FulfilVisit(Change):
    """The day on which they left, at the host, and a short report."""

    visit_id: VisitId
    departed_on: Day
    report: FullParagraph


def fulfil_visit(command: FulfilVisit, context: Context, visits: Visits, sites: Sites, booking: Booking) -> Receipt:
    """Ends the visit: what it held is free, and the quota counts the days it really took."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "fulfil_visit")
    today = sites.load(visit.state.host_site).state.today(context.now)
    decision = fulfil(visit.state, departed_on=command.departed_on, report=command.report, today=today)
    return booking.save(visit, decision, context)
