"""How far a consultation has come, by what its participants answered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.exchange.domain.consultations.consultation import OPEN, WAITLIST, Consultation
from services.exchange.domain.consultations.refusals import SessionBegun, SessionClosed, WhichSession
from services.exchange.domain.consultations.saying import status_of
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session
from services.exchange.domain.parties import ACCEPTED, DECLINED
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, NOSHOW, PENDING, PROPOSED


def state_after(consultation: Consultation, now: datetime) -> str:
    """What the answers of those who are required make of it.

    While a session goes on it stays so. All of them accepted: it is booked. All of them declined: it is cancelled.
    What holds goes on holding while a single one declined, so that others can be asked in their place.
    """
    if consultation.state == ARRIVED:
        return ARRIVED
    if everybody_declined(consultation, now):
        return CANCELLED
    awaited = awaited_at(consultation, now)
    statuses = {status_of(consultation, each.person, awaited) for each in consultation.required}
    if statuses == {ACCEPTED}:
        return BOOKED
    return PENDING if ACCEPTED in statuses or consultation.is_holding else PROPOSED


def everybody_declined(consultation: Consultation, now: datetime) -> bool:
    """Whether all those did who are required."""
    awaited = awaited_at(consultation, now)
    return all(status_of(consultation, each.person, awaited) == DECLINED for each in consultation.required)


def awaited_at(consultation: Consultation, now: datetime) -> Sequence[Session]:
    """Of which sessions the answers say how far it has come: those to come, else those that wait to be closed."""
    return to_come(consultation, now) or consultation.planned or consultation.sessions


def state_when_over(consultation: Consultation, now: datetime) -> str:
    """What it is once a session was closed, missed or called off: over, or what the answers make of the others."""
    if not consultation.planned:
        states = {session.state for session in consultation.sessions}
        return next(over for over in (FULFILLED, NOSHOW, CANCELLED) if over in states)
    if consultation.state == ARRIVED and not any(session.is_arrived for session in consultation.planned):
        # Who met goes on meeting; that they met is nobody's acceptance.
        return _state_of_the_rest(replace(consultation, state=PENDING), now)
    is_settled = consultation.state in (ARRIVED, WAITLIST) or not to_come(consultation, now)
    return consultation.state if is_settled else _state_of_the_rest(consultation, now)


def after_a_session(consultation: Consultation, now: datetime) -> Consultation:
    """As it is once a session was closed, missed or called off.

    Who has not accepted yet may until the next one begins; where everybody declined what is left, nobody is waited for.
    """
    after = replace(consultation, state=state_when_over(consultation, now))
    if after.state not in OPEN:
        return after
    coming = to_come(after, now)
    is_awaited = coming and not everybody_declined(after, now)
    return replace(after, reply_by=first_begins(coming) if is_awaited else now)


def _state_of_the_rest(consultation: Consultation, now: datetime) -> str:
    # What everybody declined is still planned: it lapses, as nobody is waited for.
    state = state_after(consultation, now)
    if state != CANCELLED:
        return state
    return PENDING if consultation.is_holding else PROPOSED


def called_off(consultation: Consultation, sessions: Iterable[Session], reason: str, now: datetime) -> Consultation:
    """Without these sessions; with the last that was planned it is over."""
    for session in sessions:
        consultation = with_session(consultation, replace(session, state=CALLED_OFF, reason=reason))
    return replace(consultation, state=state_when_over(consultation, now))


def to_come(consultation: Consultation, now: datetime) -> list[Session]:
    """The sessions that have not begun."""
    return [session for session in consultation.planned if session.begins > now]


def the_next(consultation: Consultation, now: datetime) -> Session | None:
    """The session that begins next; one that moved may begin before those of earlier slots."""
    return min(to_come(consultation, now), key=lambda session: session.begins, default=None)


def first_begins(sessions: Iterable[Session]) -> datetime:
    """When the first of them begins; one that moved may begin before those of earlier slots."""
    return min(session.begins for session in sessions)


def with_session(consultation: Consultation, changed: Session) -> Consultation:
    """With this session in the place of the one of its slot."""
    sessions = (changed if session.slot == changed.slot else session for session in consultation.sessions)
    return replace(consultation, sessions=tuple(sessions))


def the_planned(consultation: Consultation, slot: datetime | None) -> Session:
    """The session of the slot, or the only one that is to come where no slot is named.

    Raises `NoSuchSession`, `SessionClosed`, `WhichSession`.
    """
    if slot is None:
        if len(consultation.planned) != 1:
            slots = [session.slot.isoformat() for session in consultation.planned]
            raise WhichSession(consultation=consultation.id, slots=slots)
        return consultation.planned[0]
    session = consultation.session(slot)
    if not session.is_planned:
        raise SessionClosed(slot=slot.isoformat(), state=session.state)
    return session


def must_not_have_begun(sessions: Iterable[Session], now: datetime) -> None:
    """Raises `SessionBegun`."""
    for session in sessions:
        if session.begins <= now:
            facts = {"slot": session.slot, "begins": session.begins, "now": now}
            raise SessionBegun(**{name: moment.isoformat() for name, moment in facts.items()})


def reply_by(first: datetime, days: int, now: datetime) -> datetime:
    """Until when replies are waited for: so many days, and no longer than until the first session begins."""
    return min(first, now + timedelta(days=days))
