"""The ways in which a consultation, or one session of it, does not take place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.announcing import told_anew
from services.exchange.domain.consultations.bringing import carried_over
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.ending import with_ended
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationCancelled,
    ConsultationEnteredInError,
    ConsultationFulfilled,
    ConsultationHappening,
    SessionCancelled,
    SessionMissed,
)
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.refusals import SessionNotBegun
from services.exchange.domain.consultations.sessions import CALLED_OFF, MISSED, Session
from services.exchange.domain.consultations.standing import (
    after_a_session,
    called_off,
    must_not_have_begun,
    the_planned,
    with_session,
)
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, ENTERED_IN_ERROR, FULFILLED


def cancel(consultation: Consultation, *, by: str | None, reason: str, now: datetime) -> Decision[Consultation]:
    """All that is still to come is called off: what it held is free. What took place stays.

    Raises `WrongState`, `PatientIdentity`, and `SessionBegun` while one that has begun is not closed.
    """
    must_fit(consultation, "cancel_consultation")
    must_name_no_patient(reason=reason)
    must_not_have_begun(consultation.planned, now)
    return _without(consultation, consultation.planned, by=by, reason=reason, what="cancelled", now=now)


def lapse(consultation: Consultation, *, now: datetime) -> Decision[Consultation] | None:
    """Nobody answered in time, or what was waited for never became free. `None` where it is not, or not yet, so.

    Sessions that had begun before are closed still: whether somebody came is not for time to say.
    """
    until = consultation.reply_by
    if consultation.state not in OPEN or now < until:
        return None
    unsettled = [each for each in consultation.planned if each.begins >= until and not each.is_arrived]
    if not unsettled:
        return None
    what = "lapsed" if len(unsettled) == len(consultation.planned) else "the rest lapsed"
    return _without(consultation, unsettled, by=None, reason=f"not settled by {until.isoformat()}", what=what, now=now)


def call_off(
    consultation: Consultation,
    sessions: Sequence[Session],
    *,
    by: str | None,
    reason: str,
    before: str,
    now: datetime,
) -> tuple[Consultation, tuple[ConsultationHappening, ...]]:
    """Without these sessions, and what is told: of the whole where no other is planned, else of each.

    `before`: the state in which it stood.
    """
    is_whole = len(sessions) == len(consultation.planned)
    off = called_off(consultation, sessions, reason, now)
    slots = tuple(each.slot for each in sorted(sessions, key=lambda session: session.begins))
    if is_whole:
        return off, (ConsultationCancelled(off, by, reason, before, slots), *come_to(consultation, off))
    return off, tuple(SessionCancelled(off, off.session(slot), by, reason, slots) for slot in slots)


def cancel_session(
    consultation: Consultation, slot: datetime | None, *, by: str | None, reason: str, now: datetime
) -> Decision[Consultation]:
    """One session is called off; its cases come before the next. With the last that is to come it is over.

    Raises `WrongState`, `NoSuchSession`, `SessionClosed`, `WhichSession`, `SessionBegun`, `PatientIdentity`.
    """
    must_fit(consultation, "cancel_session")
    must_name_no_patient(reason=reason)
    session = the_planned(consultation, slot)
    must_not_have_begun([session], now)
    off = replace(session, state=CALLED_OFF, reason=reason)
    after = carried_over(with_session(consultation, off), session.slot, now)
    after = told_anew(_waiting_on(consultation, session, after, now))
    slots = (session.slot,)
    told: ConsultationHappening = SessionCancelled(after, off, by, reason, slots)
    if after.state == CANCELLED:
        told = ConsultationCancelled(after, by, reason, consultation.state, slots)
    what = f"session of {session.slot.isoformat()} cancelled"
    return Decision(after, what=what, events=(told, *come_to(consultation, after)), why=reason)


def miss_session(
    consultation: Consultation, slot: datetime | None, *, by: str | None, reason: str, now: datetime
) -> Decision[Consultation]:
    """It was to take place, and nobody came; its cases come before the next session.

    Raises what `cancel_session` raises, and `SessionNotBegun`.
    """
    must_fit(consultation, "mark_session_missed")
    must_name_no_patient(reason=reason)
    session = the_planned(consultation, slot)
    must_have_begun(session, now)
    missed = replace(session, state=MISSED, reason=reason)
    after = carried_over(with_ended(consultation, missed), session.slot, now)
    after = after_a_session(after, now)
    told = SessionMissed(after, missed, by=by, reason=reason)
    what = f"session of {session.slot.isoformat()} missed"
    return Decision(after, what=what, events=(told, *come_to(consultation, after)), why=reason)


def enter_in_error(consultation: Consultation, *, by: str | None, reason: str) -> Decision[Consultation]:
    """It should never have been entered. Raises `WrongState`, `PatientIdentity`."""
    must_fit(consultation, "mark_consultation_entered_in_error")
    must_name_no_patient(reason=reason)
    wrong = told_anew(replace(consultation, state=ENTERED_IN_ERROR, owed_by=(), is_owed=False))
    told = ConsultationEnteredInError(wrong, consultation.state, by=by, reason=reason)
    return Decision(wrong, what="entered in error", events=(told,), why=reason)


def must_have_begun(session: Session, now: datetime) -> None:
    """Raises `SessionNotBegun`."""
    if now < session.begins:
        facts = {"slot": session.slot, "begins": session.begins, "now": now}
        raise SessionNotBegun(**{name: moment.isoformat() for name, moment in facts.items()})


def come_to(before: Consultation, after: Consultation) -> tuple[ConsultationHappening, ...]:
    """What is told besides where a session is over: that it was the last one, or that all of the others are booked."""
    if after.state == FULFILLED:
        return (ConsultationFulfilled(after),)
    was = (before.met_from or BOOKED) if before.state == ARRIVED else before.state
    return (ConsultationBooked(after),) if after.state == BOOKED != was else ()


def _waiting_on(before: Consultation, session: Session, after: Consultation, now: datetime) -> Consultation:
    """As it is without the session; where replies were waited for until it begins, they are until the next does."""
    left = after_a_session(after, now)
    is_sooner = before.state in OPEN and before.reply_by < session.begins
    return replace(left, reply_by=min(before.reply_by, left.reply_by)) if is_sooner else left


def _without(
    consultation: Consultation, sessions: Sequence[Session], *, by: str | None, reason: str, what: str, now: datetime
) -> Decision[Consultation]:
    before = consultation.state
    off, told = call_off(told_anew(consultation), sessions, by=by, reason=reason, before=before, now=now)
    return Decision(off, what=what, events=told, why=reason)
