"""Visitors have arrived."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Change, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId, VisitId
from services.exchange.application.following import Following
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.attending import arrive
from services.exchange.domain.permissions.visits import may_record
from services.exchange.domain.tracks.steps import must_have_permits


class RecordArrival(Change):
    """The day on which the visitors named, or all who are awaited, arrived, at the host."""

    visit_id: VisitId
    arrived_on: Day
    visitors: Annotated[tuple[PersonId, ...], Field(max_length=20)] = ()


def record_arrival(
    command: RecordArrival, context: Context, visits: Visits, sites: Sites, tracks: Following
) -> Receipt:
    """Notes the arrival; the first makes a booked visit an arrived one."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "record_arrival")
    today = sites.load(visit.state.host_site).state.today(context.now)
    decision = arrive(visit.state, arrived_on=command.arrived_on, today=today, persons=command.visitors)
    came = [each.person for each in decision.state.visitors if each.arrived_on and each not in visit.state.visitors]
    must_have_permits(tracks.beside(visit), came)
    return visits.save(visit, decision, context)
