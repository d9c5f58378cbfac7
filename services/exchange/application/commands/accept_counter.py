"""The other end agrees to the days that a party asked for."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import Party, VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.planning import Seen
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.moving import accept_counter as agreed_to
from services.exchange.domain.permissions.replies import may_accept_counter


class AcceptCounter(Change):
    """`party` is the one that asked for other days by a tentative reply."""

    visit_id: VisitId
    party: Party


def accept_counter(
    command: AcceptCounter, context: Context, visits: Visits, agreements: Agreements, sites: Sites, booking: Booking
) -> Receipt:
    """Moves the visit to those days, accepted by the party and by the end that agrees."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    own = may_accept_counter(context.actor, command.party, visit.state)
    agreement = agreements.load(visit.state.agreement).state
    ends = sites.named((visit.state.sending_site, visit.state.host_site))
    today = ends[visit.state.host_site].today(context.now)
    decision = agreed_to(
        visit.state, command.party, own, agreement, by=context.actor.person, today=today, now=context.now
    )
    return booking.save(visit, decision, context, Seen(agreement, ends))
