"""Proposing a visit."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement, Condition
from services.exchange.domain.dates import must_be_possible
from services.exchange.domain.events import VisitProposed
from services.exchange.domain.extending import arrival_held
from services.exchange.domain.person import Person
from services.exchange.domain.refusals import LeaderNotAmongVisitors, NotOfTheSendingSite, VisitorNamedTwice
from services.exchange.domain.rules import ASKED_ONCE
from services.exchange.domain.site import Site
from services.exchange.domain.visit import ARRIVED, PROPOSED, Visit, Visitor, Warned


@dataclass(frozen=True)
class Proposal:
    """What somebody asks for. Days are calendar days at the host, both ends included."""

    condition: str
    host_department: str
    visitors: tuple[Person, ...]
    leader: str
    planned_arrival: date
    planned_departure: date
    purpose: str


def propose(
    visit_id: str, proposal: Proposal, agreement: Agreement, host: Site, *, by: str | None, now: datetime
) -> Decision[Visit]:
    """A visit that holds nothing yet. Refuses by name what no reply could make right."""
    must_be_possible(proposal.planned_arrival, proposal.planned_departure, host.today(now))
    condition = agreement.visit_condition(proposal.condition)
    agreement.must_cover(proposal.planned_arrival, proposal.planned_departure)
    agreement.must_have(condition.id)
    host.department(proposal.host_department)
    visitors_must_be_of(condition.sending_site, proposal.leader, proposal.visitors)
    visit = drawn_up(visit_id, proposal, agreement.id, condition, by=by, now=now)
    return Decision(visit, what="proposed", events=(VisitProposed(visit),))


def drawn_up(
    visit_id: str, proposal: Proposal, agreement: str, condition: Condition, *, by: str | None, now: datetime
) -> Visit:
    """The visit that is asked for, under the terms of its condition."""
    return Visit(
        id=visit_id,
        state=PROPOSED,
        agreement=agreement,
        condition=condition.id,
        kind=condition.kind,
        field=condition.field,
        purpose=proposal.purpose,
        sending_site=condition.sending_site,
        host_site=condition.host_site,
        host_department=proposal.host_department,
        proposer=by,
        leader=proposal.leader,
        visitors=tuple(Visitor(person.id) for person in proposal.visitors),
        planned_arrival=proposal.planned_arrival,
        planned_departure=proposal.planned_departure,
        reply_by=now + timedelta(days=condition.reply_within_days),
        needs=condition.acceptance,
        expects=condition.expects_outcome,
    )


def visitors_must_be_of(sending_site: str, leader: str, visitors: tuple[Person, ...]) -> None:
    """Raises `LeaderNotAmongVisitors`, `VisitorNamedTwice`, `NotOfTheSendingSite`."""
    people = [person.id for person in visitors]
    if leader not in people:
        raise LeaderNotAmongVisitors(leader=leader, visitors=people)
    for person in visitors:
        if people.count(person.id) > 1:
            raise VisitorNamedTwice(person=person.id)
        if sending_site not in person.sites:
            raise NotOfTheSendingSite(person=person.id, site=sending_site)


def warned(decision: Decision[Visit], warnings: tuple[Warned, ...], before: Visit | None = None) -> Decision[Visit]:
    """The same decision, with what the rules let pass, and what they found before and were not asked about again."""
    kept = _still_so(before, decision.state) if before else ()
    also = tuple(each for each in warnings if each not in kept)
    return replace(decision, state=replace(decision.state, warnings=kept + also))


def _still_so(before: Visit, after: Visit) -> tuple[Warned, ...]:
    if before.state == ARRIVED:
        # The rules saw the further days alone.
        return before.warnings
    if arrival_held(before) != after.planned_arrival:
        return ()
    return tuple(each for each in before.warnings if each.rule in ASKED_ONCE)
