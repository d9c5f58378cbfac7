"""A party's answer to a proposed visit."""

from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.dates import must_be_possible
from services.exchange.domain.events import VisitBooked, VisitCancelled, VisitHappening, VisitReplied
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.parties import ACCEPTED, DECLINED, TENTATIVE, Reply
from services.exchange.domain.refusals import NotAsked
from services.exchange.domain.visit import BOOKED, CANCELLED, OPEN, PENDING, PROPOSED, Visit
from services.exchange.domain.visit_refusals import CounterNeedsTentative, ReplyTooLate


def reply(visit: Visit, *, party: str, answer: Reply, agreement: Agreement, today: date) -> Decision[Visit]:
    """Sets the party's answer: the last acceptance that is needed books the visit, a needed refusal cancels it.

    The first acceptance makes it `pending`, which holds. A booked visit may only be declined. A tentative answer may
    ask for other days. Raises `WrongState`, `ReplyTooLate`, `NotAsked`, `CounterNeedsTentative`, what impossible days
    raise and, where it would book, `ConditionRemoved` and `AgreementNotInEffect`.
    """
    must_fit(visit, "reply_to_visit", only=None if answer.status == DECLINED else OPEN)
    must_be_in_time(visit, answer.at)
    if party not in visit.needs:
        raise NotAsked(party=party, asked=list(visit.needs))
    _counter_must_be_possible(answer, today)
    replied = replace(visit, replies={**visit.replies, party: answer})
    replied = replace(replied, state=state_after(replied))
    _must_be_covered_to_be_booked(replied, agreement)
    return Decision(
        replied, what=f"{answer.status} by {party}", events=_told(replied, party, answer), why=answer.reason
    )


def must_be_in_time(visit: Visit, now: datetime) -> None:
    """An open visit whose time is over only waits for its lapse. Raises `ReplyTooLate`."""
    if visit.state in OPEN and now >= visit.reply_by:
        raise ReplyTooLate(reply_by=visit.reply_by.isoformat(), now=now.isoformat())


def state_after(visit: Visit) -> str:
    """What the replies make of the visit."""
    statuses = [visit.replies[party].status for party in visit.needs if party in visit.replies]
    if DECLINED in statuses:
        return CANCELLED
    if statuses == [ACCEPTED] * len(visit.needs):
        return BOOKED
    return PENDING if ACCEPTED in statuses else PROPOSED


def _must_be_covered_to_be_booked(visit: Visit, agreement: Agreement) -> None:
    # It may have ended, or dropped the condition, since the first acceptance was put to the rules.
    if visit.state == BOOKED:
        agreement.must_have(visit.condition)
        agreement.must_cover(visit.planned_arrival, visit.planned_departure)


def _counter_must_be_possible(answer: Reply, today: date) -> None:
    if answer.arrival is None and answer.departure is None:
        return
    if answer.arrival is None or answer.departure is None or answer.status != TENTATIVE:
        days = (day.isoformat() if day else None for day in (answer.arrival, answer.departure))
        raise CounterNeedsTentative(status=answer.status, **dict(zip(("arrival", "departure"), days, strict=True)))
    must_be_possible(answer.arrival, answer.departure, today)


def _told(visit: Visit, party: str, answer: Reply) -> tuple[VisitHappening, ...]:
    replied = VisitReplied(visit, party=party)
    if visit.state == BOOKED:
        return replied, VisitBooked(visit)
    if visit.state == CANCELLED:
        return replied, VisitCancelled(visit, by=answer.by, reason=answer.reason or f"declined by {party}")
    return (replied,)
