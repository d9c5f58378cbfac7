"""A visit should never have been entered."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.permissions.visits import may_mark_in_error
from services.exchange.domain.writing_off import mark_entered_in_error as in_error


class MarkEnteredInError(Change):
    """What stands there is wrong as a whole."""

    visit_id: VisitId
    reason: FullParagraph


def mark_entered_in_error(command: MarkEnteredInError, context: Context, visits: Visits, booking: Booking) -> Receipt:
    """Ends the visit and gives back what it holds or has used."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_mark_in_error(context.actor, visit.state)
    decision = in_error(visit.state, by=context.actor.person, reason=command.reason)
    return booking.save(visit, decision, context)
