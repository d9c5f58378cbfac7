"""A participant's answer."""

from dataclasses import replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.announcing import told_anew
from services.exchange.domain.consultations.calling_off import call_off
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.deputies import relieved, shifted
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationHappening,
    ConsultationReplied,
)
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter, must_not_be_too_long
from services.exchange.domain.consultations.refusals import (
    CounterLengthNeedsTime,
    CounterTimeNeedsTentative,
    NotADeputy,
)
from services.exchange.domain.consultations.replies.refusals import StaleReply
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.consultations.standing import (
    everybody_declined,
    first_begins,
    must_not_have_begun,
    reply_by,
    state_after,
    the_planned,
    to_come,
    with_session,
)
from services.exchange.domain.parties import DECLINED, NEEDS_ACTION, TENTATIVE
from services.exchange.domain.visit import ARRIVED, BOOKED, PENDING
from services.exchange.domain.visit_refusals import ReplyTooLate

EVERYBODY_DECLINED = "everybody declined"


def answer(
    consultation: Consultation, *, person: str, given: Answer, slot: datetime | None, reply_days: int, now: datetime
) -> Decision[Consultation]:
    """Sets what the participant says, of the session of `slot` or of all that have not begun `now`.

    When it was `given` tells which of two answers is the later one; a letter may have travelled long.
    The first acceptance takes the time of everybody who is required, the last one that is needed books it. Where one
    who is required declines, what is held is held on for another `reply_days`: others can be asked in their place.
    Raises `WrongState`, `ReplyTooLate`, `NotAParticipant`, `NotADeputy`, `CounterTimeNeedsTentative`,
    `CounterLengthNeedsTime`, what an impossible time or length raises, `SessionBegun` where all have begun and, for a
    slot, what `the_planned` raises.
    """
    must_fit(consultation, "reply_to_consultation")
    must_be_in_time(consultation, now)
    must_name_no_patient(reason=given.reason)
    _must_be_allowed_to_stand_in(consultation.participant(person), given)
    _must_be_a_possible_counter(given, now)
    if (slot := _of_which(consultation, slot)) is None:
        said = _of_all(consultation, person, given, now)
    else:
        said = _of_one(consultation, person, given, slot, now)
    answered, more = _decided(consultation, said, given, reply_days, now)
    deputies = relieved(consultation, answered), shifted(consultation, answered)
    replied = ConsultationReplied(answered, person, given, slot, *deputies)
    return Decision(answered, what=_what(person, given, slot), events=(replied, *more), why=given.reason)


def must_be_in_time(consultation: Consultation, now: datetime) -> None:
    """An open consultation whose time is over only waits for its lapse. Raises `ReplyTooLate`."""
    if consultation.state in OPEN and now >= consultation.reply_by:
        raise ReplyTooLate(reply_by=consultation.reply_by.isoformat(), now=now.isoformat())


def must_be_asked_still(consultation: Consultation, announcement: int | None) -> None:
    """An answer to an earlier announcement is of what is no longer so. Raises `StaleReply`."""
    if announcement is not None and announcement < consultation.answerable_from:
        raise StaleReply(sequence=announcement, current_sequence=consultation.sequence)


def _of_which(consultation: Consultation, slot: datetime | None) -> datetime | None:
    # Who answers for the only session that is left answers for all of them.
    if len(consultation.planned) > 1:
        return slot
    the_planned(consultation, slot)
    return None


def _of_all(consultation: Consultation, person: str, given: Answer, now: datetime) -> Consultation:
    coming = to_come(consultation, now)
    if not coming:
        must_not_have_begun(consultation.planned, now)
    for session in coming:
        consultation = with_session(consultation, _with_later_answer_alone(session, person, given.at))
    return _said_of_all(consultation, person, given, now)


def _said_of_all(consultation: Consultation, person: str, given: Answer, now: datetime) -> Consultation:
    """Of the rest, that is: of what has begun they go on having said what they said before."""
    begun = [session for session in consultation.planned if session.begins <= now]
    after = replace(consultation, answers={**consultation.answers, person: given})
    for session in begun:
        before = consultation.answer(person, session) or Answer(NEEDS_ACTION, given.by, given.at)
        after = with_session(after, replace(session, answers={**session.answers, person: before}))
    return after


def _with_later_answer_alone(session: Session, person: str, at: datetime) -> Session:
    """What was said of the session before is no more what the participant says; a mail may be late, and come behind."""
    own = session.answers.get(person)
    if own and own.is_given and own.at > at:
        return session
    return replace(session, answers={who: said for who, said in session.answers.items() if who != person})


def _of_one(consultation: Consultation, person: str, given: Answer, slot: datetime, now: datetime) -> Consultation:
    session = the_planned(consultation, slot)
    must_not_have_begun([session], now)
    return with_session(consultation, replace(session, answers={**session.answers, person: given}))


def _decided(
    before: Consultation, said: Consultation, given: Answer, reply_days: int, now: datetime
) -> tuple[Consultation, tuple[ConsultationHappening, ...]]:
    """What the answers make of it, and what is told of that."""
    coming = to_come(said, now)
    if everybody_declined(said, now):
        # Whoever came to a session that has begun, it is closed still: nobody else is waited for.
        left = said if said.state == ARRIVED else replace(said, state=PENDING, reply_by=now)
        reason = given.reason or EVERYBODY_DECLINED
        return call_off(told_anew(left), coming, by=given.by, reason=reason, before=before.state, now=now)
    after = replace(said, state=state_after(said, now))
    if before.state == BOOKED and after.state in OPEN:
        after = replace(after, reply_by=reply_by(first_begins(coming), reply_days, now))
    return after, (ConsultationBooked(after),) if after.state == BOOKED != before.state else ()


def _must_be_allowed_to_stand_in(participant: Participant, given: Answer) -> None:
    if given.deputy is None:
        return
    if given.deputy not in participant.deputies or given.status == DECLINED:
        raise NotADeputy(person=given.deputy, participant=participant.person)


def _must_be_a_possible_counter(given: Answer, now: datetime) -> None:
    if given.begins is None:
        if given.minutes is not None:
            raise CounterLengthNeedsTime(minutes=given.minutes)
        return
    if given.status != TENTATIVE:
        raise CounterTimeNeedsTentative(status=given.status, begins=given.begins.isoformat())
    must_be_on_the_quarter(given.begins)
    if given.minutes is not None:
        must_not_be_too_long(given.minutes)
        must_be_on_the_quarter(given.begins + timedelta(minutes=given.minutes))
    if given.begins <= now:
        raise SessionInThePast(begins=given.begins.isoformat(), now=now.isoformat())


def _what(person: str, given: Answer, slot: datetime | None) -> str:
    session = f" for the session of {slot.isoformat()}" if slot else ""
    return f"{given.status} by {given.deputy or person}{session}"
