"""A participant's answer."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.calling_off import over_by_it
from services.exchange.domain.consultations.consultation import OPEN, Consultation, relieved
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationCancelled,
    ConsultationHappening,
    ConsultationReplied,
)
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter
from services.exchange.domain.consultations.refusals import CounterTimeNeedsTentative, NotADeputy
from services.exchange.domain.consultations.standing import (
    called_off,
    first_begins,
    must_not_have_begun,
    reply_by,
    state_after,
    the_planned,
    with_session,
)
from services.exchange.domain.parties import DECLINED, TENTATIVE
from services.exchange.domain.visit import BOOKED, CANCELLED
from services.exchange.domain.visit_refusals import ReplyTooLate

EVERYBODY_DECLINED = "everybody declined"


def answer(
    consultation: Consultation, *, person: str, given: Answer, slot: datetime | None, reply_days: int
) -> Decision[Consultation]:
    """Sets what the participant says, of the session of `slot` or of all of them.

    The first acceptance takes the time of everybody who is required, the last one that is needed books it. Where one
    who is required declines, what is held is held on for another `reply_days`: others can be asked in their place.
    Raises `WrongState`, `ReplyTooLate`, `NotAParticipant`, `NotADeputy`, `CounterTimeNeedsTentative`, what an
    impossible time raises, `SessionBegun` where all have begun and, for a slot, what `the_planned` raises.
    """
    must_fit(consultation, "reply_to_consultation")
    must_be_in_time(consultation, given.at)
    must_name_no_patient(reason=given.reason)
    _must_be_allowed_to_stand_in(consultation.participant(person), given)
    _must_be_a_possible_counter(given)
    if (slot := _of_which(consultation, slot)) is None:
        answered = _of_all(consultation, person, given, reply_days)
    else:
        answered = _of_one(consultation, person, given, slot)
    if is_off := answered.state == CANCELLED:
        answered = called_off(replace(answered, sequence=answered.sequence + 1), given.reason or EVERYBODY_DECLINED)
    replied = ConsultationReplied(answered, person, given, slot, relieved(consultation, answered))
    told = _told(consultation, answered, replied, is_off=is_off)
    return Decision(answered, what=_what(person, given, slot), events=told, why=given.reason)


def must_be_in_time(consultation: Consultation, now: datetime) -> None:
    """An open consultation whose time is over only waits for its lapse. Raises `ReplyTooLate`."""
    if consultation.state in OPEN and now >= consultation.reply_by:
        raise ReplyTooLate(reply_by=consultation.reply_by.isoformat(), now=now.isoformat())


def _of_which(consultation: Consultation, slot: datetime | None) -> datetime | None:
    # Who answers for the only session there is answers for all of them.
    if len(consultation.sessions) > 1:
        return slot
    the_planned(consultation, slot)
    return None


def _of_all(consultation: Consultation, person: str, given: Answer, reply_days: int) -> Consultation:
    coming = [session for session in consultation.planned if session.begins > given.at]
    if not coming:
        must_not_have_begun(consultation.planned, given.at)
    # What was said of single sessions before is no more what the participant says.
    sessions = tuple(
        replace(session, answers={who: said for who, said in session.answers.items() if who != person})
        if session in coming
        else session
        for session in consultation.sessions
    )
    answered = replace(consultation, sessions=sessions, answers={**consultation.answers, person: given})
    answered = replace(answered, state=state_after(answered))
    if consultation.state == BOOKED and answered.state in OPEN:
        return replace(answered, reply_by=reply_by(first_begins(coming), reply_days, given.at))
    return answered


def _of_one(consultation: Consultation, person: str, given: Answer, slot: datetime) -> Consultation:
    session = the_planned(consultation, slot)
    must_not_have_begun([session], given.at)
    return with_session(consultation, replace(session, answers={**session.answers, person: given}))


def _must_be_allowed_to_stand_in(participant: Participant, given: Answer) -> None:
    if given.deputy is None:
        return
    if given.deputy not in participant.deputies or given.status == DECLINED:
        raise NotADeputy(person=given.deputy, participant=participant.person)


def _must_be_a_possible_counter(given: Answer) -> None:
    if given.begins is None:
        return
    if given.status != TENTATIVE:
        raise CounterTimeNeedsTentative(status=given.status, begins=given.begins.isoformat())
    must_be_on_the_quarter(given.begins)
    if given.begins <= given.at:
        raise SessionInThePast(begins=given.begins.isoformat(), now=given.at.isoformat())


def _told(
    before: Consultation, after: Consultation, replied: ConsultationReplied, *, is_off: bool
) -> tuple[ConsultationHappening, ...]:
    if after.state == BOOKED != before.state:
        return replied, ConsultationBooked(after)
    if is_off:
        reason = replied.answer.reason or EVERYBODY_DECLINED
        off = ConsultationCancelled(after, by=replied.answer.by, reason=reason, before=before.state)
        return replied, off, *over_by_it(after)
    return (replied,)


def _what(person: str, given: Answer, slot: datetime | None) -> str:
    session = f" for the session of {slot.isoformat()}" if slot else ""
    return f"{given.status} by {given.deputy or person}{session}"
