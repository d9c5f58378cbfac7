"""A party answers."""

from typing import Literal

from chassis.commands import Change, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import Party, VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports import Visits
from services.exchange.domain.permissions import may_reply
from services.exchange.domain.replying import reply


class ReplyToVisit(Change):
    """One party's answer to a proposed visit, given by somebody who speaks for it."""

    visit_id: VisitId
    party: Party
    status: Literal["accepted", "tentative", "declined"]
    reason: Paragraph = ""


def reply_to_visit(command: ReplyToVisit, context: Context, visits: Visits, booking: Booking) -> Receipt:
    """Sets the answer; the acceptance that makes the visit hold takes seats, people and quota with it."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_reply(context.actor, command.party, visit.state)
    decision = reply(
        visit.state,
        party=command.party,
        status=command.status,
        reason=command.reason,
        by=context.actor.person,
        now=context.now,
    )
    return booking.save(visit, decision, context)
