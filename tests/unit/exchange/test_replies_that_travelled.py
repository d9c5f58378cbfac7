"""A calendar's reply has the effect that a call has when it comes, however long it has travelled."""

from datetime import datetime, timedelta

import pytest

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.test_consultation_edges import session_states
from tests.unit.exchange.test_consultation_lives import series, slots
from tests.unit.exchange.test_received_replies import mail, reply, text

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def kept(there: Consulting, consultation: str) -> Consultation:
    return there.exchange.stores.consultations.load(consultation).state


def test_others_can_be_asked_for_as_long_after_it_as_after_a_call(there: Consulting) -> None:
    consultation = there.booked(begins=(TUESDAY + 9 * WEEK).isoformat())
    there.clock.moment += HOUR
    declined = reply(there, consultation, "interpreter", "DECLINED")
    there.pass_time(15 * DAY)
    assert mail(there, "interpreter@kashgar.example", declined).state == "pending"
    assert kept(there, consultation).reply_by == there.clock.now() + 14 * DAY
    there.pass_time(DAY)
    assert session_states(there, consultation) == ["planned"]


def test_what_was_said_of_a_session_that_has_begun_since_stays_said(there: Consulting) -> None:
    consultation = series(there)
    there.reply(consultation, "chair", slot=TUESDAY.isoformat())
    there.clock.moment = TUESDAY - HOUR
    declined = reply(there, consultation, "chair", "DECLINED")
    there.clock.moment = TUESDAY + HOUR / 2
    mail(there, "chair@kashgar.example", declined)
    state, chair = kept(there, consultation), there.people["chair"]
    said = [answer.status for session in state.sessions if (answer := state.answer(chair, session))]
    assert said == ["accepted", "declined", "declined", "declined"]


def test_a_time_that_is_over_by_now_is_not_asked_for(there: Consulting) -> None:
    consultation = there.booked(begins=(TUESDAY + WEEK).isoformat())
    there.clock.moment = TUESDAY - DAY
    wish = (f"DTSTART:{text(TUESDAY)}", f"DTEND:{text(TUESDAY + HOUR)}")
    asked = reply(there, consultation, "chair", "TENTATIVE", *wish, method="COUNTER")
    there.clock.moment = TUESDAY + HOUR
    with pytest.raises(SessionInThePast):
        mail(there, "chair@kashgar.example", asked)


def test_what_is_still_to_come_is_answered_though_the_session_of_the_last_slot_has_begun(there: Consulting) -> None:
    consultation = series(there)
    last = slots(there, consultation)[-1]
    earlier = datetime(2026, 3, 9, 6, tzinfo=TUESDAY.tzinfo)
    there.give("move_session", consultation, slot=last, begins=earlier.isoformat(), reason="Needed before.")
    there.clock.moment = earlier + HOUR
    there.reply(consultation, "presenter", "tentative")
    mail(there, "interpreter@kashgar.example", reply(there, consultation, "interpreter", "DECLINED", sequence=1))
    assert kept(there, consultation).answers[there.people["interpreter"]].status == "declined"
