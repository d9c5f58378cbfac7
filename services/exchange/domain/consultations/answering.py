"""A participant's answer."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationCancelled,
    ConsultationHappening,
    ConsultationReplied,
)
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.identity import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter
from services.exchange.domain.consultations.refusals import CounterTimeNeedsTentative, NotADeputy
from services.exchange.domain.consultations.standing import (
    must_not_have_begun,
    reply_by,
    state_after,
    the_planned,
    with_session,
)
from services.exchange.domain.parties import DECLINED, TENTATIVE
from services.exchange.domain.visit import BOOKED, CANCELLED
from services.exchange.domain.visit_refusals import ReplyTooLate


def answer(
    consultation: Consultation, *, person: str, given: Answer, slot: datetime | None, reply_days: int
) -> Decision[Consultation]:
    """Sets what the participant says, of the session of `slot` or of all of them.

    The first acceptance takes the time of everybody who is required, the last one that is needed books it. Where one
    who is required declines, what is held is held on for another `reply_days`: others can be asked in their place.
    Raises `WrongState`, `ReplyTooLate`, `NotAParticipant`, `NotADeputy`, `CounterTimeNeedsTentative`, what an
    impossible time raises and, for a slot, what `the_planned` raises.
    """
    must_fit(consultation, "reply_to_consultation")
    must_be_in_time(consultation, given.at)
    must_name_no_patient(reason=given.reason)
    _must_be_allowed_to_stand_in(consultation.participant(person), given)
    _must_be_a_possible_counter(given)
    if slot is None:
        answered = _of_all(consultation, person, given, reply_days)
    else:
        answered = _of_one(consultation, person, given, slot)
    told = _told(consultation, answered, ConsultationReplied(answered, person, given, slot))
    return Decision(answered, what=_what(person, given, slot), events=told, why=given.reason)


def must_be_in_time(consultation: Consultation, now: datetime) -> None:
    """An open consultation whose time is over only waits for its lapse. Raises `ReplyTooLate`."""
    if consultation.state in OPEN and now >= consultation.reply_by:
        raise ReplyTooLate(reply_by=consultation.reply_by.isoformat(), now=now.isoformat())


def _of_all(consultation: Consultation, person: str, given: Answer, reply_days: int) -> Consultation:
    # What was said of single sessions before is no more what the participant says.
    sessions = tuple(
        replace(session, answers={who: said for who, said in session.answers.items() if who != person})
        if session.is_planned
        else session
        for session in consultation.sessions
    )
    answered = replace(consultation, sessions=sessions, answers={**consultation.answers, person: given})
    answered = replace(answered, state=state_after(answered))
    if consultation.state == BOOKED and answered.state in OPEN:
        return replace(answered, reply_by=reply_by(answered.planned[0].begins, reply_days, given.at))
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


def _told(before: Consultation, after: Consultation, replied: ConsultationReplied) -> tuple[ConsultationHappening, ...]:
    if after.state == BOOKED != before.state:
        return replied, ConsultationBooked(after)
    if after.state == CANCELLED:
        given = replied.answer
        return replied, ConsultationCancelled(after, by=given.by, reason=given.reason or "everybody declined")
    return (replied,)


def _what(person: str, given: Answer, slot: datetime | None) -> str:
    session = f" for the session of {slot.isoformat()}" if slot else ""
    return f"{given.status} by {given.deputy or person}{session}"
