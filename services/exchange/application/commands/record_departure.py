"""Visitors have left; the visit goes on."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Change, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId, VisitId
from services.exchange.application.booking import Booking
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.attending import depart
from services.exchange.domain.permissions.visits import may_record


class RecordDeparture(Change):
    """The day on which the visitors named, or all who are there, left the host."""

    visit_id: VisitId
    departed_on: Day
    visitors: Annotated[tuple[PersonId, ...], Field(max_length=20)] = ()


def record_departure(
    command: RecordDeparture, context: Context, visits: Visits, sites: Sites, booking: Booking
) -> Receipt:
    """Notes the departure and gives back what they held of the days after."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "record_departure")
    today = sites.load(visit.state.host_site).state.today(context.now)
    decision = depart(visit.state, departed_on=command.departed_on, today=today, persons=command.visitors)
    return booking.save(visit, decision, context)
