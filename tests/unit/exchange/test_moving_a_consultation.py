"""Other times for a consultation: what the decision itself refuses, and which slot names a session that moved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.announcing import told_anew
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.countering import CounterTime, accept_counter, decline_counter
from services.exchange.domain.consultations.events import ConsultationRescheduled
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.moving import Asked, Time, move_session, reschedule
from services.exchange.domain.consultations.proposing import Wanted
from services.exchange.domain.consultations.refusals import NoCounterTime, NotOnTheQuarter, SessionsOverlap
from services.exchange.domain.consultations.sessions import CALLED_OFF, HELD
from services.exchange.domain.parties import ACCEPTED, DECLINED, TENTATIVE
from services.exchange.domain.refusals import AgreementNotInEffect, ConditionRemoved
from services.exchange.domain.visit import BOOKED, PENDING
from services.exchange.domain.visit_refusals import NothingChanges
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    terms,
    weekly,
    without_the_condition,
)

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
LATER = BEGINS + 5 * HOUR
NEXT_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
"""By the clock of Shanghai."""
ASKED = Asked(ZHANG, "The scanner is serviced.", NOW)
SERIES = weekly(state=BOOKED)


def moved(
    begins: datetime, of: Consultation = SERIES, slot: datetime = BEGINS, agreed: Agreement | None = None
) -> Consultation:
    """With one session at another time."""
    return move_session(of, slot, Time(begins), agreed or terms(), ASKED).state


def rescheduled(
    of: Consultation, *slots: datetime, agreed: Agreement | None = None, recurrence: str = "", minutes: int = 60
) -> Consultation:
    """With all that is to come at these times instead."""
    wanted = Wanted(slots, minutes, of.zone, recurrence)
    return reschedule(of, wanted, agreed or terms(), ASKED).state


def slots_of(of: Consultation) -> list[datetime]:
    return [session.slot for session in of.sessions]


IMPOSSIBLE: list[tuple[datetime, dict[str, Any], type[Refusal]]] = [
    (LATER + timedelta(minutes=5), {}, NotOnTheQuarter),
    (NOW, {}, SessionInThePast),
    (NEXT_YEAR, {}, AgreementNotInEffect),
    (LATER, {"agreed": without_the_condition()}, ConditionRemoved),
]


@pytest.mark.parametrize(("begins", "agreed", "refusal"), IMPOSSIBLE, ids=lambda value: getattr(value, "__name__", ""))
def test_nothing_moves_to_where_nothing_could_be_planned(
    begins: datetime, agreed: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        moved(begins, **agreed)
    with pytest.raises(refusal):
        rescheduled(SERIES, begins, **agreed)


def test_one_session_moves_over_no_other_that_is_to_come() -> None:
    with pytest.raises(SessionsOverlap):
        moved(BEGINS + WEEK + HOUR / 2)
    assert moved(BEGINS + WEEK + HOUR).planned[0].begins == BEGINS + WEEK + HOUR


def test_the_time_of_a_session_that_was_called_off_is_free_for_the_others() -> None:
    first, *others = SERIES.sessions
    rest = replace(SERIES, sessions=(replace(first, state=CALLED_OFF), *others))
    assert moved(BEGINS, rest, BEGINS + WEEK).planned[0].begins == BEGINS
    assert rescheduled(rest, BEGINS + HOUR / 4).planned[0].begins == BEGINS + HOUR / 4


def test_a_single_session_keeps_its_slot_as_long_as_it_stays_a_single_one() -> None:
    single = consultation(state=BOOKED)
    assert slots_of(rescheduled(single, LATER)) == [BEGINS]
    assert slots_of(rescheduled(single, LATER, LATER + WEEK)) == [LATER, LATER + WEEK]
    assert slots_of(rescheduled(single, LATER, recurrence="FREQ=WEEKLY;COUNT=1")) == [LATER]


def test_what_is_left_of_a_series_is_named_by_its_new_beginning() -> None:
    assert slots_of(rescheduled(SERIES, LATER)) == [LATER]


# the link


def links_of(of: Consultation) -> set[str]:
    return {session.link for session in of.sessions}


@pytest.mark.parametrize(
    ("of", "slots"),
    [(SERIES, (LATER, LATER + WEEK)), (consultation(state=BOOKED), (LATER, LATER + WEEK)), (SERIES, (LATER,))],
    ids=["a series", "one that becomes a series", "a series that becomes one"],
)
def test_where_no_link_is_named_people_join_by_the_one_that_they_know(
    of: Consultation, slots: tuple[datetime, ...]
) -> None:
    assert links_of(rescheduled(of, *slots, recurrence="FREQ=WEEKLY;COUNT=2")) == links_of(of)


def test_where_only_the_link_is_another_everybody_hears_of_it_and_nobody_is_asked_again() -> None:
    of = weekly(state=BOOKED, answers={ZHANG: answer(), BANO: answer(), YUSUF: answer()})
    wanted = Wanted(tuple(slots_of(of)), 60, of.zone, of.recurrence, "https://meet.example/new")
    decided = reschedule(of, wanted, terms(), ASKED)
    sessions = tuple(replace(each, link=wanted.link) for each in of.sessions)
    assert decided.state == told_anew(replace(of, sessions=sessions))
    assert decided.state.answerable_from == of.sequence
    (told,) = decided.events
    assert isinstance(told, ConsultationRescheduled)
    assert told.before == of.sessions
    with pytest.raises(NothingChanges):
        reschedule(decided.state, wanted, terms(), ASKED)


@pytest.mark.parametrize("status", [ACCEPTED, TENTATIVE])
def test_who_answered_and_asked_for_no_other_time_has_none_to_be_taken_up_or_declined(status: str) -> None:
    pending = consultation(state=PENDING, answers={ZHANG: answer(status)}, reply_by=BEGINS)
    wish = CounterTime(ZHANG, None)
    with pytest.raises(NoCounterTime) as refused:
        accept_counter(pending, wish, terms(), by=ZHANG, now=NOW)
    assert refused.value.facts == {"person": ZHANG}
    with pytest.raises(NoCounterTime):
        decline_counter(pending, wish, by=ZHANG, reason="It is late.", now=NOW)


@pytest.mark.parametrize(
    ("zone", "recurrence"),
    [("Asia/Karachi", "FREQ=WEEKLY;COUNT=4"), (SERIES.zone, "FREQ=DAILY;INTERVAL=7;COUNT=4")],
    ids=["another zone", "another rule"],
)
def test_the_same_times_by_another_clock_or_rule_are_asked_about_anew(zone: str, recurrence: str) -> None:
    wanted = Wanted(tuple(slots_of(SERIES)), 60, zone, recurrence)
    after = reschedule(SERIES, wanted, terms(), ASKED).state
    assert (after.zone, after.recurrence, after.state, set(after.answers)) == (zone, recurrence, PENDING, {ZHANG})


def test_of_a_series_of_which_something_is_over_the_same_rule_ends_otherwise_and_changes_nothing() -> None:
    over = replace(SERIES.sessions[0], state=HELD)
    of = replace(SERIES, sessions=(over, *SERIES.sessions[1:]))
    with pytest.raises(NothingChanges):
        rescheduled(of, *slots_of(SERIES)[1:], recurrence="FREQ=WEEKLY;COUNT=3")
    last = replace(SERIES, sessions=(*(replace(each, state=HELD) for each in SERIES.sessions[:3]), SERIES.sessions[3]))
    with pytest.raises(NothingChanges):
        rescheduled(last, SERIES.sessions[3].begins)


def test_who_takes_back_a_refusal_of_all_for_some_comes_to_no_others_when_one_of_them_moves() -> None:
    refused = {BANO: answer(DECLINED)}
    comes = {BANO: answer(at=NOW + HOUR)}
    of = replace(SERIES, answers=refused, sessions=tuple(replace(each, answers=comes) for each in SERIES.sessions[:2]))
    of = replace(of, sessions=(*of.sessions, *SERIES.sessions[2:]))
    after = move_session(of, BEGINS, Time(LATER), terms(), ASKED).state
    said = [after.answer(BANO, each) for each in after.sessions[1:]]
    assert [each and each.status for each in said] == [ACCEPTED, DECLINED, DECLINED]
