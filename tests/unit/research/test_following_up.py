"""Half a year and a year after a hospital took an outcome into use it is asked whether it still does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from services.research.domain import events
from services.research.domain.adoption import Adoption, months_after
from services.research.domain.following_up import FOLLOW_UP, Seen, ask, record_follow_up
from services.research.domain.outcome import WITHDRAWN, Outcome
from services.research.domain.refusals import DateInTheFuture, WrongState
from services.research.domain.transfer_refusals import (
    EndedTooEarly,
    FollowUpCovered,
    FollowUpNotYetDue,
    FollowUpRecorded,
    NotInUse,
)
from services.research.domain.waiting import due
from tests.unit.research import given

HALF_A_YEAR = datetime(2026, 11, 13, 19, tzinfo=UTC)
"""When 14 November begins in Gilgit, six months after it was adopted there."""
A_YEAR = datetime(2027, 5, 13, 19, tzinfo=UTC)
THERE = date(2026, 11, 14)
SEEN = Seen(given.GILGIT, 6, patients=40, note="On every ward")


def asked(*months: int) -> Outcome:
    return given.adopted(replace(given.USED, asked=months))


def saying(outcome: Outcome, now: datetime = HALF_A_YEAR, **said: Any) -> Decision[Outcome]:
    return record_follow_up(outcome, replace(SEEN, **said), by="per_hussain", now=now)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 5, 14), 6, date(2026, 11, 14)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def test_both_are_asked_for_as_their_days_begin_at_the_site() -> None:
    assert [(each.name, each.at) for each in due(given.adopted())] == [(FOLLOW_UP, HALF_A_YEAR), (FOLLOW_UP, A_YEAR)]
    in_kashgar = given.adopted(Adoption(given.KASHGAR, date(2026, 5, 14)))
    assert [each.at for each in due(in_kashgar)] == [HALF_A_YEAR - timedelta(hours=3), A_YEAR - timedelta(hours=3)]


def test_each_is_asked_for_once() -> None:
    assert ask(given.adopted(), now=HALF_A_YEAR - timedelta(microseconds=1)) is None
    first = ask(given.adopted(), now=HALF_A_YEAR)
    assert first is not None
    assert (first.state, first.what) == (asked(6), "follow-up-due")
    assert first.events == (events.FollowUpDue(first.state, given.USED, 6),)
    assert [each.at for each in due(first.state)] == [A_YEAR]
    assert ask(first.state, now=A_YEAR - timedelta(microseconds=1)) is None
    second = ask(first.state, now=A_YEAR)
    assert second is not None
    assert second.state == asked(6, 12)
    assert (due(second.state), ask(second.state, now=A_YEAR)) == ((), None)


def test_all_that_are_due_are_asked_for_at_once_of_every_site() -> None:
    outcome = given.adopted(given.USED, Adoption(given.KASHGAR, date(2026, 5, 14)))
    decision = ask(outcome, now=A_YEAR)
    assert decision is not None
    assert [each.asked for each in decision.state.adoptions] == [(6, 12), (6, 12)]
    assert [(each.adoption.site, each.months) for each in decision.events] == [
        (given.GILGIT, 6), (given.GILGIT, 12), (given.KASHGAR, 6), (given.KASHGAR, 12),
    ]  # fmt: skip


def test_nobody_is_asked_where_the_use_has_ended_nor_of_what_was_taken_back() -> None:
    ended = given.adopted(replace(given.USED, ended_on=date(2026, 6, 1)))
    for outcome in (ended, replace(given.adopted(), state=WITHDRAWN)):
        assert due(outcome) == ()
        assert ask(outcome, now=A_YEAR) is None


@pytest.mark.parametrize("outcome", [asked(6), given.adopted()], ids=["asked", "before it was asked"])
def test_what_the_hospital_says_is_kept_and_it_is_asked_no_more(outcome: Outcome) -> None:
    decision = saying(outcome)
    (adoption,) = decision.state.adoptions
    (kept,) = adoption.follow_ups
    assert (kept.months, kept.in_use, kept.patients, kept.procedures) == (6, True, 40, None)
    assert (kept.by, kept.at) == ("per_hussain", HALF_A_YEAR)
    assert (decision.what, decision.why) == ("followed-up", "sit_gilgit, 6 months: On every ward")
    assert (decision.events, adoption.ended_on) == ((), None)
    assert [each.at for each in due(decision.state)] == [A_YEAR]


def test_without_a_note_the_history_tells_the_hospital_and_the_months() -> None:
    assert saying(asked(6), note="").why == "sit_gilgit, 6 months"


def test_each_is_said_once_and_not_before_its_day() -> None:
    with pytest.raises(FollowUpRecorded) as recorded:
        saying(saying(given.adopted()).state)
    assert recorded.value.facts == {"site": given.GILGIT, "months": 6}
    with pytest.raises(FollowUpNotYetDue) as refused:
        saying(given.adopted(), now=HALF_A_YEAR - timedelta(microseconds=1))
    assert refused.value.facts == {"site": given.GILGIT, "months": 6, "due_on": "2026-11-14"}
    with pytest.raises(FollowUpNotYetDue):
        saying(given.adopted(), months=12)


def test_the_later_one_said_first_covers_the_earlier_which_is_asked_for_no_more() -> None:
    for outcome in (asked(6, 12), given.adopted()):
        after = saying(outcome, now=A_YEAR, months=12).state
        (adoption,) = after.adoptions
        assert (adoption.awaited, due(after), ask(after, now=A_YEAR)) == ((), (), None)
        with pytest.raises(FollowUpCovered) as covered:
            saying(after, now=A_YEAR)
        assert covered.value.facts == {"site": given.GILGIT, "months": 6, "covered_by": 12}
        with pytest.raises(FollowUpRecorded):
            saying(after, now=A_YEAR, months=12)


def test_the_earlier_one_said_in_time_is_covered_by_none() -> None:
    after = saying(saying(asked(6, 12)).state, now=A_YEAR, months=12).state
    (adoption,) = after.adoptions
    assert [adoption.covering(months) for months in (6, 12)] == [None, None]
    with pytest.raises(FollowUpRecorded):
        saying(after, now=A_YEAR)


def test_what_is_used_no_more_ends_by_that() -> None:
    decision = saying(asked(6), ended_on=date(2026, 10, 1), note="The probe broke.")
    (adoption,) = decision.state.adoptions
    assert (adoption.follow_ups[0].in_use, adoption.ended_on) == (False, date(2026, 10, 1))
    assert adoption.end_reason == "The probe broke."
    assert decision.events == (events.AdoptionEnded(decision.state, adoption, "per_hussain"),)
    assert due(decision.state) == ()


def test_it_ends_between_the_day_on_which_it_began_and_today() -> None:
    with pytest.raises(EndedTooEarly):
        saying(asked(6), ended_on=date(2026, 5, 13))
    with pytest.raises(DateInTheFuture):
        saying(asked(6), ended_on=THERE + timedelta(days=1))


def test_it_ends_on_no_day_before_it_was_said_to_be_in_use() -> None:
    used = saying(asked(6)).state
    with pytest.raises(EndedTooEarly) as refused:
        saying(used, now=A_YEAR, months=12, ended_on=THERE - timedelta(days=1))
    assert refused.value.facts == {"date": "2026-11-13", "earliest": "2026-11-14"}
    (adoption,) = saying(used, now=A_YEAR, months=12, ended_on=THERE).state.adoptions
    assert adoption.ended_on == THERE


def test_only_a_hospital_that_uses_it_says_so() -> None:
    with pytest.raises(NotInUse):
        saying(given.adopted(), site=given.KASHGAR)
    with pytest.raises(WrongState) as refused:
        saying(given.at("adoption"))
    assert refused.value.facts["command"] == "record_follow_up"


def test_one_kept_before_there_were_follow_ups_is_asked_too() -> None:
    assert [each.at for each in due(given.adopted(Adoption(given.GILGIT, date(2026, 5, 14))))] == [HALF_A_YEAR, A_YEAR]
