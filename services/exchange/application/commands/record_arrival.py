"""The visitors have arrived."""

from chassis.commands import Change, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.ports import Sites, Visits
from services.exchange.domain.attending import arrive
from services.exchange.domain.permissions import may_record


class RecordArrival(Change):
    """The day on which they arrived, at the host."""

    visit_id: VisitId
    arrived_on: Day


def record_arrival(command: RecordArrival, context: Context, visits: Visits, sites: Sites) -> Receipt:
    """Marks a booked visit as arrived."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "record_arrival")
    today = sites.load(visit.state.host_site).state.today(context.now)
    return visits.save(visit, arrive(visit.state, arrived_on=command.arrived_on, today=today), context)
