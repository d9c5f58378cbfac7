"""Other days for the same visit: it keeps its identity and history, and what it holds moves with it in one write.

Which acceptances stand: of those given before, only the mover's own; nobody's word is taken for days that they were
not asked about. A visit that held goes on holding, as `pending`, until the others answer or the new reply-by passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.dates import must_be_possible
from services.exchange.domain.events import VisitBooked, VisitRescheduled
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.parties import ACCEPTED, Reply
from services.exchange.domain.replying import must_be_in_time, state_after
from services.exchange.domain.visit import BOOKED, PENDING, PROPOSED, Visit
from services.exchange.domain.visit_refusals import NoCounterProposal, NothingChanges


@dataclass(frozen=True)
class Days:
    """Calendar days at the host, both ends included."""

    arrival: date
    departure: date


def reschedule(
    visit: Visit, days: Days, agreement: Agreement, *, by: str | None, reason: str, today: date, now: datetime
) -> Decision[Visit]:
    """Moves the visit to other days.

    Raises `WrongState`, `ReplyTooLate`, `NothingChanges`, `AgreementNotInEffect`, `ConditionRemoved` and what
    impossible days raise.
    """
    must_fit(visit, "reschedule_visit")
    must_be_in_time(visit, now)
    standing = {party: each for party, each in visit.replies.items() if each.status == ACCEPTED and each.by == by}
    return _moved(visit, days, agreement, standing, by=by, reason=reason, today=today, now=now)


def accept_counter(
    visit: Visit, party: str, own: str, agreement: Agreement, *, by: str | None, today: date, now: datetime
) -> Decision[Visit]:
    """The other end says yes to the days that the party asked for: both have then accepted them.

    `own` is the party that the accepting person speaks for. Raises what `reschedule` does, and `NoCounterProposal`.
    """
    must_fit(visit, "accept_counter")
    must_be_in_time(visit, now)
    asked = visit.replies.get(party)
    if asked is None or asked.arrival is None or asked.departure is None:
        raise NoCounterProposal(party=party)
    standing = {party: replace(asked, status=ACCEPTED, arrival=None, departure=None)}
    if own in visit.needs:
        standing[own] = Reply(ACCEPTED, by, now)
    days = Days(asked.arrival, asked.departure)
    return _moved(visit, days, agreement, standing, by=by, reason=asked.reason, today=today, now=now)


def _moved(
    visit: Visit,
    days: Days,
    agreement: Agreement,
    standing: Mapping[str, Reply],
    *,
    by: str | None,
    reason: str,
    today: date,
    now: datetime,
) -> Decision[Visit]:
    if (days.arrival, days.departure) == (visit.planned_arrival, visit.planned_departure):
        raise NothingChanges(arrival=days.arrival.isoformat(), departure=days.departure.isoformat())
    must_be_possible(days.arrival, days.departure, today)
    agreement.must_cover(days.arrival, days.departure)
    agreement.must_have(visit.condition)
    moved = replace(
        visit,
        planned_arrival=days.arrival,
        planned_departure=days.departure,
        replies=standing,
        reply_by=now + timedelta(days=agreement.reply_days(visit.condition)),
        extension=None,
    )
    moved = replace(moved, state=_state_after(visit, moved))
    told = VisitRescheduled(moved, visit.planned_arrival, visit.planned_departure, visit.state, by=by, reason=reason)
    booked = (VisitBooked(moved),) if moved.state == BOOKED != visit.state else ()
    return Decision(moved, what="rescheduled", events=(told, *booked), why=reason)


def _state_after(before: Visit, moved: Visit) -> str:
    state = state_after(moved)
    return PENDING if state == PROPOSED and before.is_holding else state
