"""Who owes a report is reminded of it 30 days and 7 days before it is due, once each, and never of what is over."""

from datetime import date, datetime, timedelta

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from services.research.domain import events
from services.research.domain.expecting import DUE_SOON, due, expect, miss, remind
from services.research.domain.outcome import Outcome
from services.research.domain.waiving import waive
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.test_commands import expected

DAY = timedelta(days=1)
A_MONTH, A_WEEK = date(2026, 7, 14), date(2026, 8, 6)
AT = {day: datetime(day.year, day.month, day.day, tzinfo=given.TOO_LATE.tzinfo) for day in (A_MONTH, A_WEEK)}


def opened(now: datetime = given.NOW) -> Outcome:
    return expect(given.outcome(), now=now).state


def reminded(outcome: Outcome, now: datetime) -> Outcome:
    decision = remind(outcome, now=now)
    assert decision is not None
    assert decision.what == "reminded"
    return decision.state


@pytest.mark.parametrize(
    ("opened_at", "days"),
    [
        (given.NOW, (A_MONTH, A_WEEK)),
        (AT[A_MONTH] - DAY, (A_MONTH, A_WEEK)),
        (AT[A_MONTH], (A_WEEK,)),
        (AT[A_WEEK] - DAY, (A_WEEK,)),
        (AT[A_WEEK], ()),
        (given.TOO_LATE, ()),
    ],
)
def test_nobody_is_reminded_of_a_day_that_was_past_when_it_was_opened(
    opened_at: datetime, days: tuple[date, ...]
) -> None:
    outcome = opened(opened_at)
    assert outcome.reminders == days
    assert [moment.at for moment in due(outcome) if moment.name == DUE_SOON] == [AT[day] for day in days]


def test_each_day_reminds_once_and_says_how_many_days_are_left() -> None:
    outcome = opened()
    assert remind(outcome, now=AT[A_MONTH] - timedelta(microseconds=1)) is None
    decision = remind(outcome, now=AT[A_MONTH])
    assert decision is not None
    assert decision.events == (events.OutcomeDueSoon(decision.state, 30),)
    assert remind(decision.state, now=AT[A_MONTH] + DAY) is None
    last = remind(decision.state, now=AT[A_WEEK] + DAY)
    assert last is not None
    assert last.events == (events.OutcomeDueSoon(last.state, 6),), "as many as are left, however late it is told"
    assert [moment.name for moment in due(last.state)] == ["overdue"]


def test_two_days_that_passed_while_nothing_ran_remind_once() -> None:
    outcome = reminded(opened(), AT[A_WEEK])
    assert outcome.reminders == ()
    assert remind(outcome, now=AT[A_WEEK]) is None


def test_of_what_is_overdue_by_now_nobody_is_reminded_that_it_will_be() -> None:
    assert remind(opened(), now=given.TOO_LATE - timedelta(microseconds=1)) is not None
    assert remind(opened(), now=given.TOO_LATE) is None
    missed = miss(opened(), now=given.TOO_LATE)
    assert missed is not None
    assert due(missed.state) == ()


def test_nobody_is_reminded_of_what_is_reported_waived_or_withdrawn() -> None:
    waived = waive(opened(), reason="It was not made.", by="per_ali").state
    for over in (given.at("disclosure", reminders=(A_MONTH, A_WEEK)), waived):
        assert due(over) == ()
        assert remind(over, now=AT[A_WEEK]) is None


def test_an_outcome_kept_before_there_were_reminders_reminds_nobody() -> None:
    assert remind(given.outcome(), now=AT[A_WEEK]) is None


def test_a_timer_that_is_tried_again_later_reminds_once() -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    outcome_id = expected(research)
    for now in (AT[A_MONTH], AT[A_WEEK]):
        research.remind_of_due(outcome_id, Context(derived("the same timer"), SYSTEM, now))
    assert [type(event) for event in research.fake_outcomes.told] == [events.OutcomeExpected, events.OutcomeDueSoon]
