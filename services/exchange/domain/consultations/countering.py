"""Another time that a participant asks for, taken up."""

from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.moving import Asked, Time, move_session
from services.exchange.domain.consultations.refusals import NoCounterTime
from services.exchange.domain.consultations.standing import the_planned


@dataclass(frozen=True)
class CounterTime:
    """A participant's wish for the session of `slot`, or for the only one that is to come."""

    person: str
    slot: datetime | None


def accept_counter(
    consultation: Consultation, wish: CounterTime, agreement: Agreement, *, by: str | None, now: datetime
) -> Decision[Consultation]:
    """It meets when the participant asked for, who has accepted by that.

    Raises what `move_session` raises, `NotAParticipant`, `NoCounterTime`.
    """
    must_fit(consultation, "accept_counter_time")
    consultation.participant(wish.person)
    answer = consultation.answer(wish.person, the_planned(consultation, wish.slot))
    if answer is None or answer.begins is None:
        raise NoCounterTime(person=wish.person)
    asked = Asked(by, answer.reason, now, agreed=(wish.person,))
    return move_session(consultation, wish.slot, Time(answer.begins), agreement, asked)
