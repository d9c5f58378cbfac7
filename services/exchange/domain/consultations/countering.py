"""Another time that a participant asks for, taken up."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.answering import must_be_in_time
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.events import CounterDeclined
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.moving import Asked, Time, move_session
from services.exchange.domain.consultations.participants import Answer
from services.exchange.domain.consultations.refusals import NoCounterTime
from services.exchange.domain.consultations.standing import the_planned, with_session


@dataclass(frozen=True)
class CounterTime:
    """A participant's wish for the session of `slot`, or for the only one that is to come."""

    person: str
    slot: datetime | None


def accept_counter(
    consultation: Consultation, wish: CounterTime, agreement: Agreement, *, by: str | None, now: datetime
) -> Decision[Consultation]:
    """It meets when and for as long as the participant asked for, who has accepted by that; or the deputy who asked.

    Raises what `move_session` raises, `NotAParticipant`, `NoCounterTime`.
    """
    must_fit(consultation, "accept_counter_time")
    time, answer = _time_asked_for(consultation, wish)
    asked = Asked(by, answer.reason, now, agreed={wish.person: answer.deputy})
    # Of a wish of all sessions that is taken up for one, nothing is left to be taken up for another.
    return move_session(_without(consultation, wish, answer), wish.slot, time, agreement, asked)


def decline_counter(
    consultation: Consultation, wish: CounterTime, *, by: str | None, reason: str, now: datetime
) -> Decision[Consultation]:
    """It meets as it was to; the participant, tentative still, is awaited.

    Raises `WrongState`, `ReplyTooLate`, `PatientIdentity`, `NotAParticipant`, `NoCounterTime`, and what `the_planned`
    raises.
    """
    must_fit(consultation, "decline_counter_time")
    must_be_in_time(consultation, now)
    must_name_no_patient(reason=reason)
    time, answer = _time_asked_for(consultation, wish)
    after = _without(consultation, wish, answer)
    # The only session has no event of its own that a slot would name.
    slot = wish.slot if len(consultation.sessions) > 1 else None
    told = CounterDeclined(after, wish.person, time.begins, slot, by, reason, time.minutes)
    return Decision(after, what=f"other time of {wish.person} declined", events=(told,), why=reason)


def _time_asked_for(consultation: Consultation, wish: CounterTime) -> tuple[Time, Answer]:
    consultation.participant(wish.person)
    answer = consultation.answer(wish.person, the_planned(consultation, wish.slot))
    if answer is None or answer.begins is None:
        raise NoCounterTime(person=wish.person)
    return Time(answer.begins, answer.minutes), answer


def _without(consultation: Consultation, wish: CounterTime, answer: Answer) -> Consultation:
    """The answer stands, without the time that it asks for."""
    left = answer.without_other_time()
    session = the_planned(consultation, wish.slot)
    if wish.person in session.answers:
        return with_session(consultation, replace(session, answers={**session.answers, wish.person: left}))
    return replace(consultation, answers={**consultation.answers, wish.person: left})
