"""A visit is proposed."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from contracts.words import AgreementId, ConditionId, DepartmentId, PersonId
from services.exchange.application.acquaintance import known
from services.exchange.application.planning import Planning, Seen
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.permissions.visits import may_propose
from services.exchange.domain.proposing import Proposal, propose, warned


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
    planning: Planning,
) -> Receipt:
    """Opens a visit that holds nothing yet; refuses what the rules forbid as things stand, and keeps their warnings."""
    visit_id = document_id("vis", context.command_id)
    if answer := visits.made(visit_id, context):
        return answer
    agreement = agreements.load(command.agreement_id).state
    condition = agreement.condition(command.condition_id)
    may_propose(context.actor, condition.sending_site, condition.host_site)
    ends = sites.named((condition.sending_site, condition.host_site))
    decision = propose(
        visit_id,
        _proposal(command, people),
        agreement,
        ends[condition.host_site],
        by=context.actor.person,
        now=context.now,
    )
    _, warnings = planning.must_allow(decision.state, None, context.now, Seen(agreement, ends))
    return visits.add(visit_id, warned(decision, warnings), context)


def _proposal(command: ProposeVisit, people: People) -> Proposal:
    return Proposal(
        condition=command.condition_id,
        host_department=command.host_department,
        visitors=known(people, *command.visitors),
        leader=command.leader,
        planned_arrival=command.planned_arrival,
        planned_departure=command.planned_departure,
        purpose=command.purpose,
    )
