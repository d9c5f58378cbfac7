"""A party answers."""

from typing import Literal

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import Party, VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.planning import Seen
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.parties import Reply
from services.exchange.domain.permissions.replies import may_reply
from services.exchange.domain.replying import reply


class ReplyToVisit(Change):
    """One party's answer to a proposed visit, given by somebody who speaks for it, or by their deputy.

    A tentative one may ask for other days: `arrival` and `departure`.
    """

    visit_id: VisitId
    party: Party
    status: Literal["accepted", "tentative", "declined"]
    reason: Paragraph = ""
    arrival: Day | None = None
    departure: Day | None = None


def reply_to_visit(
    command: ReplyToVisit, context: Context, visits: Visits, agreements: Agreements, sites: Sites, booking: Booking
) -> Receipt:
    """Sets the answer; the acceptance that makes the visit hold takes seats, people and quota with it."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    agreement = agreements.load(visit.state.agreement).state
    ends = sites.named((visit.state.sending_site, visit.state.host_site))
    today = ends[visit.state.host_site].today(context.now)
    given = Reply(
        command.status,
        context.actor.person,
        context.now,
        command.reason,
        in_place_of=may_reply(context.actor, command.party, visit.state, today),
        arrival=command.arrival,
        departure=command.departure,
    )
    decision = reply(visit.state, party=command.party, answer=given, agreement=agreement, today=today)
    return booking.save(visit, decision, context, Seen(agreement, ends))
