"""An agreement ends with its last day, or with an earlier one that a partner names."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.kernel.decision import Due
from services.exchange.domain.agreement import DRAFT, EXPIRED, IN_EFFECT, TERMINATED, Agreement, Making, Termination
from services.exchange.domain.agreement_amending import amend
from services.exchange.domain.agreement_ending import END, due, end, terminate, timed, today_of
from services.exchange.domain.events import AgreementExpired, AgreementTerminated
from services.exchange.domain.refusals import AgreementNotInEffect, DateInThePast, EndsAnyway, WrongState
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, PENDING, PROPOSED
from tests.unit.exchange import given

ZONES = ("Asia/Shanghai", "Asia/Karachi")
TODAY = date(2026, 3, 2)
OVER_IN_GILGIT = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
"""Midnight after the last day in Karachi's zone, three hours after Shanghai's."""


def in_effect() -> Agreement:
    return timed(given.agreement(), ZONES)


def ending(on: date) -> Termination:
    return Termination(on, "The programmes merge.", "per_ali", given.NOW)


def waiting() -> Agreement:
    text = replace(given.agreement().text, in_effect_until=date(2027, 12, 31))
    return amend(in_effect(), text, Making("per_ali", given.NOW)).state


def test_the_last_day_is_over_when_it_is_over_at_the_last_partner() -> None:
    assert in_effect().ends_at == OVER_IN_GILGIT
    assert due(in_effect()) == (Due(END, OVER_IN_GILGIT),)


def test_today_is_the_earliest_day_that_some_partner_still_has() -> None:
    new_year_in_kashgar = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert today_of(ZONES, new_year_in_kashgar) == date(2026, 12, 31)


@pytest.mark.parametrize("state", [DRAFT, TERMINATED, EXPIRED])
def test_what_is_not_in_effect_wants_no_timer(state: str) -> None:
    assert due(replace(in_effect(), state=state)) == ()
    assert end(replace(in_effect(), state=state), now=OVER_IN_GILGIT) is None


def test_it_expires_at_that_moment_and_not_before() -> None:
    assert end(in_effect(), now=OVER_IN_GILGIT - timedelta(seconds=1)) is None
    decision = end(in_effect(), now=OVER_IN_GILGIT)
    assert decision
    assert (decision.state.state, decision.what) == (EXPIRED, "expired")
    assert decision.events == (AgreementExpired(decision.state),)


def test_a_termination_with_today_ends_it_at_once() -> None:
    decision = terminate(in_effect(), ending(TODAY), ZONES)
    assert (decision.state.state, decision.what, decision.why) == (TERMINATED, "terminated", "The programmes merge.")
    assert decision.events == (AgreementTerminated(decision.state, ending(TODAY)),)
    assert due(decision.state) == ()


def test_a_termination_with_a_later_day_leaves_it_in_effect_until_then() -> None:
    decision = terminate(in_effect(), ending(date(2026, 6, 30)), ZONES)
    agreement = decision.state
    assert (agreement.state, decision.what) == (IN_EFFECT, "termination announced")
    assert agreement.ends_at == datetime(2026, 6, 30, 19, 0, tzinfo=UTC)
    agreement.must_cover(date(2026, 6, 28), date(2026, 6, 30))
    with pytest.raises(AgreementNotInEffect) as refused:
        agreement.must_cover(date(2026, 6, 28), date(2026, 7, 1))
    assert refused.value.facts["until"] == "2026-06-30"


def test_an_announced_termination_is_told_once_and_comes_true_with_its_day() -> None:
    announced = terminate(in_effect(), ending(date(2026, 6, 30)), ZONES)
    assert announced.state.ends_at
    decision = end(announced.state, now=announced.state.ends_at)
    assert decision
    assert (len(announced.events), decision.events) == (1, ())
    assert (decision.state.state, decision.why) == (TERMINATED, "The programmes merge.")


def test_an_announced_termination_may_be_brought_forward_and_not_put_off() -> None:
    announced = terminate(in_effect(), ending(date(2026, 6, 30)), ZONES).state
    assert terminate(announced, ending(date(2026, 5, 31)), ZONES).state.last_day == date(2026, 5, 31)
    with pytest.raises(EndsAnyway) as refused:
        terminate(announced, ending(date(2026, 7, 31)), ZONES)
    assert refused.value.facts == {"on": "2026-07-31", "until": "2026-06-30"}


def test_a_termination_behind_the_end_is_refused() -> None:
    with pytest.raises(EndsAnyway):
        terminate(in_effect(), ending(date(2027, 1, 1)), ZONES)


def test_nobody_terminates_for_a_day_that_has_gone_by() -> None:
    with pytest.raises(DateInThePast) as refused:
        terminate(in_effect(), ending(date(2026, 3, 1)), ZONES)
    assert refused.value.facts == {"date": "2026-03-01", "today": "2026-03-02"}


@pytest.mark.parametrize("state", [DRAFT, TERMINATED, EXPIRED])
def test_only_what_is_in_effect_is_terminated(state: str) -> None:
    with pytest.raises(WrongState) as refused:
        terminate(replace(in_effect(), state=state), ending(TODAY), ZONES)
    assert refused.value.facts == {"state": state, "command": "terminate_agreement", "fits": [IN_EFFECT]}


def test_a_text_that_waits_for_approval_waits_no_more_when_the_agreement_ends() -> None:
    expired = end(waiting(), now=OVER_IN_GILGIT)
    assert expired
    for over in (expired.state, terminate(waiting(), ending(TODAY), ZONES).state):
        assert (over.amendment, [version.number for version in over.versions]) == (None, [1, 2])


@pytest.mark.parametrize("state", [PROPOSED, PENDING, BOOKED, ARRIVED])
def test_what_is_to_come_after_the_end_is_flagged(state: str) -> None:
    ended = terminate(in_effect(), ending(date(2026, 4, 7)), ZONES).state
    assert uncovered(given.visit(state), ended) == "after-the-end"
    assert uncovered(given.visit(state), in_effect()) is None


@pytest.mark.parametrize("state", [FULFILLED, CANCELLED])
def test_what_is_over_is_not_flagged(state: str) -> None:
    assert uncovered(given.visit(state), terminate(in_effect(), ending(date(2026, 4, 7)), ZONES).state) is None


def test_what_a_later_start_or_a_dropped_condition_leaves_out_is_flagged() -> None:
    later = given.agreement(in_effect_from=date(2026, 4, 7), superseded=(given.agreement().standing,))
    assert uncovered(given.visit(BOOKED), later) == "before-the-start"
    dropped = given.agreement(conditions=(given.condition(id="cnd_2"),))
    assert uncovered(given.visit(BOOKED), dropped) == "condition-removed"
