"""A visitor does not go after all."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId, VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.permissions.visits import may_withdraw
from services.exchange.domain.withdrawing import withdraw


class WithdrawVisitor(Change):
    """One visitor stays at home. Where that is the leader, `new_leader` is one of those who go."""

    visit_id: VisitId
    person: PersonId
    reason: FullParagraph
    new_leader: PersonId | None = None


def withdraw_visitor(command: WithdrawVisitor, context: Context, visits: Visits, booking: Booking) -> Receipt:
    """Gives back what the visitor held; with the last of them the visit is cancelled."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_withdraw(context.actor, visit.state, command.person)
    decision = withdraw(
        visit.state,
        person=command.person,
        new_leader=command.new_leader,
        by=context.actor.person,
        reason=command.reason,
    )
    return booking.save(visit, decision, context)
