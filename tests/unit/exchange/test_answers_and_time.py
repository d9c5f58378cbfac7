"""How long answers are waited for, what time alone does to a consultation, and what people said stays said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.exchange.domain.consultations import answering
from services.exchange.domain.consultations.acting import chase, chased_at
from services.exchange.domain.consultations.calling_off import lapse
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.consultation import OPEN, STATES, WAITLIST, Consultation
from services.exchange.domain.consultations.gathering import change_participants
from services.exchange.domain.consultations.saying import status_of
from services.exchange.domain.consultations.sessions import HELD
from services.exchange.domain.consultations.standing import after_a_session, state_after
from services.exchange.domain.consultations.waiting import take_what_is_free
from services.exchange.domain.consultations.waking import CLOSED_WITHIN, ask_to_close, remind
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION, TENTATIVE
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, PENDING
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    KHAN,
    ZHANG,
    answer,
    consultation,
    participants,
    people,
    session,
    terms,
    weekly,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY = NOW + 3 * DAY
TWO = participants()[:2]
"""The chair and the presenter, both required."""
BOTH_COME = {ZHANG: answer(), BANO: answer()}


def answered(of: Consultation, person: str, status: str) -> Consultation:
    return answering.answer(of, person=person, given=answer(status), slot=None, reply_days=14, now=NOW).state


@pytest.mark.parametrize("status", [ACCEPTED, TENTATIVE, DECLINED])
def test_an_answer_puts_off_nobody_else_s(status: str) -> None:
    asked = consultation(state=PENDING, answers={ZHANG: answer()}, reply_by=BY)
    assert answered(asked, BANO, status).reply_by == BY


def test_who_says_the_same_of_each_session_has_said_it_of_all() -> None:
    of = weekly(2, state=PENDING, participants=TWO, answers={ZHANG: answer()}, reply_by=BY)
    for each in of.sessions:
        of = answering.answer(of, person=BANO, given=answer(), slot=each.slot, reply_days=14, now=NOW).state
    assert (of.state, status_of(of, BANO, of.planned)) == (BOOKED, ACCEPTED)


def test_what_is_said_of_all_is_said_of_a_session_that_was_only_asked_about_since() -> None:
    first, *others = weekly().sessions
    asked = replace(first, answers={BANO: answer(NEEDS_ACTION, at=NOW + HOUR)})
    said = answered(weekly(state=PENDING, reply_by=BY, sessions=(asked, *others)), BANO, ACCEPTED)
    assert said.sessions[0].answers == {}


def test_who_is_required_and_declines_what_is_booked_opens_it_for_so_many_days() -> None:
    booked = consultation(state=BOOKED, participants=TWO, answers=BOTH_COME, reply_by=BY)
    declined = answered(booked, BANO, DECLINED)
    assert (declined.state, declined.reply_by) == (PENDING, NOW + 14 * DAY)


def test_who_need_not_come_opens_nothing_that_is_booked() -> None:
    booked = consultation(state=BOOKED, participants=participants()[:3], answers=BOTH_COME, reply_by=BY)
    declined = answered(booked, KHAN, DECLINED)
    assert (declined.state, declined.reply_by) == (BOOKED, BY)


@pytest.mark.parametrize("said", [ACCEPTED, DECLINED])
def test_while_a_session_goes_on_no_answer_says_how_far_it_has_come(said: str) -> None:
    meets = consultation(state=ARRIVED, participants=TWO, answers={ZHANG: answer(said), BANO: answer(said)})
    assert state_after(meets, NOW) == ARRIVED


def test_once_a_session_is_over_nobody_is_waited_for_anew_unless_somebody_is_waited_for_still() -> None:
    first, *others = weekly().sessions
    of = weekly(reply_by=BY, participants=TWO, sessions=(replace(first, state=HELD), *others))
    assert after_a_session(replace(of, state=BOOKED, answers=BOTH_COME), BEGINS + DAY).reply_by == BY
    assert after_a_session(replace(of, state=PENDING), BEGINS + DAY).reply_by == others[0].begins


def test_what_was_said_of_a_session_that_took_place_stays_said_by_who_leaves() -> None:
    said = {KHAN: answer(DECLINED)}
    first, *others = (replace(each, answers=said) for each in weekly().sessions)
    of = weekly(state=BOOKED, cases=(), reply_by=BY, sessions=(replace(first, state=HELD), *others))
    left = change_participants(of, TWO, people(), terms(), by=ZHANG, reason="He moves away.", now=NOW).state
    assert [each.answers for each in left.sessions] == [said, {}, {}, {}]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("now", [BY, BY - timedelta(microseconds=1)], ids=["in time", "too early"])
def test_only_what_is_open_lapses_and_not_before_its_time(state: str, now: datetime) -> None:
    decided = lapse(consultation(state=state, reply_by=BY), now=now)
    assert (decided is not None) == (state in OPEN and now == BY)
    assert decided is None or decided.state.state == CANCELLED


def test_where_all_has_begun_before_nothing_lapses() -> None:
    assert lapse(consultation(state=PENDING, reply_by=BEGINS + HOUR), now=BEGINS + HOUR) is None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("now", [BEGINS, BEGINS - DAY], ids=["begun", "to come"])
def test_only_what_waits_takes_what_is_free_and_only_before_it_begins(state: str, now: datetime) -> None:
    decided = take_what_is_free(consultation(state=state), reply_days=14, now=now)
    assert (decided is not None) == (state == WAITLIST and now < BEGINS)
    assert decided is None or (decided.state.state, decided.state.reply_by) == (PENDING, BEGINS)


@pytest.mark.parametrize(
    ("before", "times"),
    [(DAY + HOUR, 0), (DAY, 1), (2 * HOUR, 1), (HOUR, 2), (HOUR / 4, 2), (0 * HOUR, 0), (-HOUR, 0)],
    ids=str,
)
@pytest.mark.parametrize("reminded", [0, 1, 2])
def test_who_was_reminded_so_often_is_not_again_and_nobody_of_what_has_begun(
    before: timedelta, times: int, reminded: int
) -> None:
    decided = remind(consultation(state=BOOKED, sessions=(session(reminded=reminded),)), now=BEGINS - before)
    assert (decided and decided.state.sessions[0].reminded) == (times if times > reminded else None)


def test_a_session_is_asked_to_be_closed_a_day_after_its_end_and_once() -> None:
    held, late = consultation(state=BOOKED), session().ends + CLOSED_WITHIN
    assert ask_to_close(held, now=late - timedelta(microseconds=1)) is None
    asked = ask_to_close(held, now=late)
    assert asked is not None
    assert ask_to_close(asked.state, now=late + DAY) is None


def test_who_owes_an_action_is_reminded_once_its_day_is_over_there_and_not_again_at_once() -> None:
    owed = (Action("act_1", "Send the images", BANO, date(2026, 4, 14), BEGINS),)
    owes, midnight = consultation(state=FULFILLED, actions=owed), datetime(2026, 4, 14, 16, 0, tzinfo=UTC)
    assert chase(owes, now=midnight - timedelta(microseconds=1)) is None
    chased = chase(owes, now=midnight)
    assert chased is not None
    assert chase(chased.state, now=midnight) is None


def test_who_owes_an_action_is_reminded_once_of_what_was_due_in_a_standstill() -> None:
    owed = (Action("act_1", "Send the images", BANO, date(2026, 4, 14), BEGINS),)
    owes, midnight = consultation(state=FULFILLED, actions=owed), datetime(2026, 4, 14, 16, 0, tzinfo=UTC)
    late = midnight + 15 * DAY
    chased = chase(owes, now=late)
    assert chased is not None
    assert (len(chased.events), chase(chased.state, now=late)) == (1, None)
    assert chased_at(chased.state.actions[0], chased.state.zone) == midnight + 21 * DAY
    at_last = chase(chased.state, now=midnight + 60 * DAY)
    assert at_last is not None
    assert chased_at(at_last.state.actions[0], at_last.state.zone) is None
