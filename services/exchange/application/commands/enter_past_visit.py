"""A visit that took place before anybody entered it."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, FullParagraph, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import document_id
from contracts.words import AgreementId, ConditionId, DepartmentId, PersonId
from services.exchange.application.acquaintance import known
from services.exchange.application.booking import Booking
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.ledger import Ledger, ledger_id
from services.exchange.domain.past import Entry, enter_past
from services.exchange.domain.permissions.visits import may_enter_past
from services.exchange.domain.proposing import Proposal
from services.exchange.domain.visit_refusals import NoLedger


class EnterPastVisit(Command):
    """Who was where, when and what for, and why it is entered only now. Days are calendar days at the host."""

    agreement_id: AgreementId
    condition_id: ConditionId
    host_department: DepartmentId
    visitors: Annotated[tuple[PersonId, ...], Field(min_length=1, max_length=20)]
    leader: PersonId
    actual_arrival: Day
    actual_departure: Day
    purpose: FullParagraph
    reason: FullParagraph
    report: Paragraph = ""


def enter_past_visit(
    command: EnterPastVisit,
    context: Context,
    visits: Visits,
    agreements: Agreements,
    sites: Sites,
    people: People,
    ledgers: Ledgers,
    booking: Booking,
) -> Receipt:
    """Keeps a fulfilled visit, whatever was wrong with it, and it says so by its flags; its days count as used."""
    visit_id = document_id("vis", context.command_id)
    if answer := visits.made(visit_id, context):
        return answer
    agreement = agreements.load(command.agreement_id).state
    condition = agreement.visit_condition(command.condition_id)
    may_enter_past(context.actor, condition.sending_site, condition.host_site)
    entry = _entry(command, people)
    ledger = _ledger(command, ledgers)
    host = sites.load(condition.host_site).state
    others, by = visits.of_people(command.visitors), context.actor.person
    decision = enter_past(visit_id, entry, agreement, host, ledger, others, by=by, now=context.now)
    return booking.add(visit_id, decision, context)


def _entry(command: EnterPastVisit, people: People) -> Entry:
    proposal = Proposal(
        condition=command.condition_id,
        host_department=command.host_department,
        visitors=known(people, *command.visitors),
        leader=command.leader,
        planned_arrival=command.actual_arrival,
        planned_departure=command.actual_departure,
        purpose=command.purpose,
    )
    return Entry(proposal, command.report, command.reason)


def _ledger(command: EnterPastVisit, ledgers: Ledgers) -> Ledger:
    year = command.actual_arrival.year
    try:
        return ledgers.load(ledger_id(command.agreement_id, command.condition_id, year))
    except Unknown:
        raise NoLedger(agreement=command.agreement_id, year=year) from None
