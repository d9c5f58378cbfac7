"""Somebody stands in for a party's coordinator."""

from chassis.commands import Change, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import Party, PersonId, VisitId
from services.exchange.application.acquaintance import known
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.parties import Deputy
from services.exchange.domain.permissions.replies import may_name_deputy
from services.exchange.domain.remarks import name_deputy as named


class NameDeputy(Change):
    """`deputy` may reply for the party in the giver's place, on the host's days `first` to `last`, both included."""

    visit_id: VisitId
    party: Party
    deputy: PersonId
    first: Day
    last: Day


def name_deputy(command: NameDeputy, context: Context, visits: Visits, people: People, sites: Sites) -> Receipt:
    """Notes who stands in for whom, and when."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_name_deputy(context.actor, command.party, visit.state)
    known(people, command.deputy)
    today = sites.load(visit.state.host_site).state.today(context.now)
    deputy = Deputy(command.party, command.deputy, str(context.actor.person), command.first, command.last)
    return visits.save(visit, named(visit.state, deputy, today=today), context)
