"""The moments at which a consultation wants to be looked at again, and what is told at them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision, Due
from services.exchange.domain.consultations.acting import chased_at
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.events import ClosingOverdue, SessionSoon
from services.exchange.domain.consultations.sessions import REMINDERS, Session
from services.exchange.domain.consultations.standing import with_session
from services.exchange.domain.visit import FULFILLED

LAPSE, REMIND, CHASE, UNCLOSED = "lapse-consultation", "remind", "chase", "unclosed"
CLOSED_WITHIN = timedelta(days=1)
"""So long after a session it should have been closed."""


def due(consultation: Consultation) -> tuple[Due, ...]:
    """Every moment that is waited for, with its name."""
    return tuple(dict.fromkeys(_due(consultation)))


def remind(consultation: Consultation, *, now: datetime) -> Decision[Consultation] | None:
    """Sessions that are near are told, each once for each reminder; `None` where none is, or it has begun by now."""
    after, told = consultation, []
    for session in consultation.planned:
        if (reminded := _reminders_over(session, now)) > session.reminded and now < session.begins:
            near = replace(session, reminded=reminded)
            after = with_session(after, near)
            told.append(near)
    if not told:
        return None
    return Decision(after, what="reminded", events=tuple(SessionSoon(after, near) for near in told))


def ask_to_close(consultation: Consultation, *, now: datetime) -> Decision[Consultation] | None:
    """Sessions that are long over and were not closed are told, each once."""
    after, told = consultation, []
    for session in consultation.planned:
        if (at := _unclosed_at(session)) and at <= now:
            long_over = replace(session, asked_to_close=True)
            after = with_session(after, long_over)
            told.append(long_over)
    if not told:
        return None
    return Decision(after, what="asked to close", events=tuple(ClosingOverdue(after, session) for session in told))


def _due(consultation: Consultation) -> Iterator[Due]:
    if consultation.state in OPEN:
        yield Due(LAPSE, consultation.reply_by)
    if consultation.is_holding:
        for session in consultation.planned:
            if at := _reminds_at(session):
                yield Due(REMIND, at)
            if at := _unclosed_at(session):
                yield Due(UNCLOSED, at)
    if consultation.is_holding or consultation.state == FULFILLED:
        for action in consultation.actions:
            if at := chased_at(action, consultation.zone):
                yield Due(CHASE, at)


def _reminds_at(session: Session) -> datetime | None:
    return session.begins - REMINDERS[session.reminded] if session.reminded < len(REMINDERS) else None


def _reminders_over(session: Session, now: datetime) -> int:
    return sum(session.begins - before <= now for before in REMINDERS)


def _unclosed_at(session: Session) -> datetime | None:
    return None if session.asked_to_close else session.ends + CLOSED_WITHIN
