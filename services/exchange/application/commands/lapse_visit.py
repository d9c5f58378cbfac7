"""Nobody answered in time."""

from chassis.kernel.context import Context
from services.exchange.application.booking import Booking
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.cancelling import lapse


def lapse_visit(visit_id: str, context: Context, visits: Visits, booking: Booking) -> None:
    """Cancels a visit whose replies are overdue; does nothing where it was answered meanwhile."""
    visit = visits.load(visit_id)
    if visit.answered(context):
        return
    if decision := lapse(visit.state, now=context.now):
        booking.save(visit, decision, context)
