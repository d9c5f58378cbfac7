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
from services.exchange.domain.tracks.steps import must_have_permits, permits


class RecordArrival(Change):
    """The day on which the visitors named, or all who are awaited, arrived, at the host."""

    visit_id: VisitId
    arrived_on: Day
    visitors: Annotated[tuple[PersonId, ...], Field(max_length=20)] = ()


def record_arrival(
    command: RecordArrival, context: Context, visits: Visits, sites: Sites, tracks: Following
) -> Receipt:
    """Notes the arrival; the first makes a booked visit an arrived one. A permit that it relies on stands by then."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_record(context.actor, visit.state, "record_arrival")
    today = sites.load(visit.state.host_site).state.today(context.now)
    decision = arrive(visit.state, arrived_on=command.arrived_on, today=today, persons=command.visitors)
    came = [each.person for each in decision.state.visitors if each.arrived_on and each not in visit.state.visitors]
    track = tracks.beside(visit)
    must_have_permits(track.now, came)
    if track.kept and permits(track.now, came):
        return tracks.save_visit(visit, decision, context, relying_on=track.kept)
    return visits.save(visit, decision, context)
