"""Somebody calls a visit off."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.cancelling import cancel
from services.exchange.domain.permissions.visits import may_act


class CancelVisit(Change):
    """A visit is not to take place after all."""

    visit_id: VisitId
    reason: FullParagraph


def cancel_visit(command: CancelVisit, context: Context, visits: Visits, booking: Booking) -> Receipt:
    """Cancels the visit and gives back what it held."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_act(context.actor, visit.state, "cancel_visit")
    decision = cancel(visit.state, by=context.actor.person, reason=command.reason)
    return booking.save(visit, decision, context)
