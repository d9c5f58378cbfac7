"""A visit is proposed."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import document_id
from contracts.words import AgreementId, ConditionId, DepartmentId, PersonId
from services.exchange.application.booking import Booking
from services.exchange.application.ports import Agreements, Ledgers, People, Sites, Visits
from services.exchange.domain.ledger import ledger_id
from services.exchange.domain.permissions import may_propose
from services.exchange.domain.person import Person
from services.exchange.domain.proposing import Proposal, propose


class ProposeVisit(Command):
    """Who is to visit whom, when and what for. Days are calendar days at the host, both ends included."""

    agreement_id: AgreementId
    condition_id: ConditionId
    host_department: DepartmentId
    visitors: Annotated[tuple[PersonId, ...], Field(min_length=1, max_length=20)]
    leader: PersonId
    planned_arrival: Day
    planned_departure: Day
    purpose: FullParagraph


def propose_visit(
    command: ProposeVisit,
    context: Context,
    visits: Visits,
    agreements: Agreements,
    sites: Sites,
    people: People,
    ledgers: Ledgers,
    booking: Booking,
) -> Receipt:
    """Opens a visit that holds nothing yet; refuses what could not be booked as things stand."""
    visit_id = document_id("vis", context.command_id)
    if answer := visits.made(visit_id, context):
        return answer
    agreement = agreements.load(command.agreement_id).state
    condition = agreement.condition(command.condition_id)
    may_propose(context.actor, condition.sending_site, condition.host_site)
    host = sites.load(condition.host_site).state
    decision = propose(
        visit_id,
        _proposal(command, people),
        agreement,
        host,
        by=context.actor.person,
        now=context.now,
    )
    visit = decision.state
    ledgers.load(ledger_id(visit.agreement, visit.condition, visit.year)).must_have_left(visit.visitor_days)
    booking.must_fit(visit, host.department(visit.host_department))
    return visits.add(visit_id, decision, context)


def _proposal(command: ProposeVisit, people: People) -> Proposal:
    return Proposal(
        condition=command.condition_id,
        host_department=command.host_department,
        visitors=_known(command.visitors, people),
        leader=command.leader,
        planned_arrival=command.planned_arrival,
        planned_departure=command.planned_departure,
        purpose=command.purpose,
    )


def _known(ids: tuple[str, ...], people: People) -> tuple[Person, ...]:
    named = people.named(ids)
    for person_id in ids:
        if person_id not in named:
            raise Unknown(kind="person", id=person_id)
    return tuple(named[person_id] for person_id in ids)
