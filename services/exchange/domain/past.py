"""A visit that took place before anybody entered it: recorded and flagged, never refused for what went wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.dates import must_be_a_stay
from services.exchange.domain.events import VisitEnteredLater
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.proposing import Proposal, drawn_up, visitors_must_be_of
from services.exchange.domain.refusals import AgreementNotInEffect
from services.exchange.domain.rules import visitor_double_booking
from services.exchange.domain.site import Site
from services.exchange.domain.standing import must_have_happened
from services.exchange.domain.stays import stay_of
from services.exchange.domain.visit import FULFILLED, Visit, Warned

ENTERED_LATER, OVER_QUOTA, OUTSIDE_AGREEMENT = "entered-later", "over-quota", "outside-agreement"
DOUBLE_BOOKED = "double-booked"


@dataclass(frozen=True)
class Entry:
    """What is told of the visit. The proposal's days are those on which they really came and left."""

    proposal: Proposal
    report: str
    reason: str


def enter_past(
    visit_id: str,
    entry: Entry,
    agreement: Agreement,
    host: Site,
    ledger: Ledger,
    others: Iterable[Visit],
    *,
    by: str | None,
    now: datetime,
) -> Decision[Visit]:
    """A fulfilled visit with its flags, and warnings of who was on one of the `others`, their other visits, too.

    Raises `DatesReversed`, `VisitTooLong`, `DateInTheFuture`, `NoSuchCondition`, `NoSuchDepartment` and what wrong
    visitors raise.
    """
    proposal = entry.proposal
    must_be_a_stay(proposal.planned_arrival, proposal.planned_departure)
    must_have_happened(proposal.planned_departure, host.today(now))
    condition = agreement.visit_condition(proposal.condition, host.begin_of(proposal.planned_arrival))
    host.department(proposal.host_department)
    visitors_must_be_of(condition.sending_site, proposal.leader, proposal.visitors)
    visit = _as_it_was(drawn_up(visit_id, proposal, agreement.id, condition, by=by, now=now), entry)
    clashes = tuple(_clashes(visit, others))
    visit = replace(visit, flags=_flags(visit, agreement, host, ledger, clashes), warnings=clashes)
    told = VisitEnteredLater(visit, by=by, reason=entry.reason)
    return Decision(visit, what="entered later", events=(told,), why=entry.reason)


def _as_it_was(visit: Visit, entry: Entry) -> Visit:
    came, left = visit.planned_arrival, visit.planned_departure
    visitors = tuple(replace(each, arrived_on=came, departed_on=left) for each in visit.visitors)
    return replace(
        visit, state=FULFILLED, visitors=visitors, actual_arrival=came, actual_departure=left, report=entry.report
    )


def _flags(
    visit: Visit, agreement: Agreement, host: Site, ledger: Ledger, clashes: tuple[Warned, ...]
) -> tuple[str, ...]:
    short = ledger.visits.left < 1 or ledger.visitor_days.left < visit.actual_visitor_days
    return (
        ENTERED_LATER,
        *([OVER_QUOTA] if short else []),
        *([OUTSIDE_AGREEMENT] if _outside(visit, agreement, host) else []),
        *([DOUBLE_BOOKED] if clashes else []),
    )


def _clashes(visit: Visit, others: Iterable[Visit]) -> Iterator[Warned]:
    """For each visitor who was on another visit on one of the days, the first such day and that visit."""
    came, left, others = visit.planned_arrival, visit.planned_departure, tuple(others)
    for person in (each.person for each in visit.visitors):
        stays = ((stay, other.id) for other in others if (stay := stay_of(other, person)))
        clashes = [(max(stay.first, came), other) for stay, other in stays if stay.first <= left and came <= stay.last]
        if clashes:
            day, other = min(clashes)
            facts = {"person": person, "date": day.isoformat(), "visit": other}
            yield Warned(visitor_double_booking.RULE.name, facts)


def _outside(visit: Visit, agreement: Agreement, host: Site) -> bool:
    """Whether its days are not the agreement's, or the condition had been taken out before its last."""
    removal = agreement.removal(visit.condition)
    if removal and removal.was_in_force(host.begin_of(visit.planned_departure)):
        return True
    try:
        agreement.must_cover(visit.planned_arrival, visit.planned_departure)
    except AgreementNotInEffect:
        return True
    return False
