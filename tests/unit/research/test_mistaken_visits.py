"""A visit that was entered in error: what it opened is taken back or questioned, in whatever order that is told."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitEnteredInError, VisitFulfilled
from services.research.application import commands
from services.research.application.queries.views import View
from services.research.domain import events
from services.research.domain.refusals import WrongState
from services.research.domain.withdrawing import withdraw
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.mistakes import (
    Patch,
    event_of,
    guards,
    must_end_as_told_once,
    the_outcome,
    told,
    told_while_it_opens,
)
from tests.unit.research.test_commands import VISIT, command_of, context, go, view

REASON = "Entered twice."


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def fulfilled(**different: Any) -> CloudEvent:
    return event_of(VisitFulfilled, "visit", **{**VISIT, **different})


def mistaken(**different: Any) -> CloudEvent:
    told = {"visit": "vis_1", "previous_state": "fulfilled", "state": "entered-in-error", "reason": REASON}
    return event_of(VisitEnteredInError, "visit", **told | different)


def shown(research: ResearchInMemory) -> View:
    return view(research, the_outcome(research))


def test_what_nobody_has_reported_on_is_withdrawn_with_the_reason(research: ResearchInMemory) -> None:
    told(research, fulfilled(), mistaken())
    outcome = shown(research)
    assert (outcome["state"], outcome["may"], outcome["questioned"]) == ("withdrawn", [], "")
    assert [(line["what"], line["why"]) for line in outcome["history"]] == [("expected", ""), ("withdrawn", REASON)]
    assert [type(event) for event in research.fake_outcomes.told] == [events.OutcomeExpected, events.OutcomeWithdrawn]


def test_a_mistake_without_words_still_has_a_reason(research: ResearchInMemory) -> None:
    told(research, fulfilled(), mistaken(reason=""))
    assert shown(research)["history"][-1]["why"] == "The visit was entered in error."


def test_what_was_withdrawn_is_neither_reported_nor_overdue(research: ResearchInMemory) -> None:
    told(research, fulfilled(), mistaken())
    fields = {"title": "A protocol", "summary": "How to stage cysts."}
    report = command_of(commands.ReportOutcome, the_outcome(research), 2, **fields)
    with pytest.raises(WrongState) as refused:
        research.report_outcome(report, context(given.RESPONSIBLE, 2))
    assert refused.value.facts["state"] == "withdrawn"
    later = Context(derived("timer"), SYSTEM, given.NOW + timedelta(days=365))
    research.mark_overdue(the_outcome(research), later)
    assert not shown(research)["overdue"]


def test_what_was_overdue_is_withdrawn_and_overdue_no_more(research: ResearchInMemory) -> None:
    told(research, fulfilled())
    research.mark_overdue(the_outcome(research), Context(derived("timer"), SYSTEM, given.NOW + timedelta(days=365)))
    told(research, mistaken())
    assert (shown(research)["state"], shown(research)["overdue"]) == ("withdrawn", False)


@pytest.mark.parametrize(("steps", "state"), [(1, "reported"), (4, "reported"), (7, "adopted")])
def test_what_was_reported_stays_and_is_flagged_for_a_decision(
    research: ResearchInMemory, steps: int, state: str
) -> None:
    told(research, fulfilled())
    go(research, the_outcome(research), steps)
    before = shown(research)
    told(research, mistaken())
    outcome = shown(research)
    assert (outcome["state"], outcome["questioned"]) == (state, REASON)
    assert (outcome["stage"], outcome["gates"], outcome["summary"]) == (
        before["stage"],
        before["gates"],
        before["summary"],
    )
    assert (outcome["history"][-1]["what"], outcome["history"][-1]["why"]) == ("questioned", REASON)
    assert type(research.fake_outcomes.told[-1]) is events.OutcomeQuestioned


ORDERS = sorted(set(permutations(("fulfilled", "mistaken") * 3)))


@pytest.mark.parametrize("order", ORDERS)
def test_however_often_and_in_whatever_order_it_is_told_the_end_is_the_same(
    research: ResearchInMemory, order: Sequence[str]
) -> None:
    must_end_as_told_once(research, {"fulfilled": fulfilled(), "mistaken": mistaken()}, order)


def test_told_thrice_after_the_report_it_is_questioned_once(research: ResearchInMemory) -> None:
    told(research, fulfilled())
    go(research, the_outcome(research), 1)
    for _ in range(3):
        told(research, mistaken(), fulfilled())
    assert [line["what"] for line in shown(research)["history"]] == ["expected", "reported", "questioned"]


def test_other_visits_keep_their_outcomes(research: ResearchInMemory) -> None:
    told(research, fulfilled(), fulfilled(visit="vis_2"), mistaken())
    states = {kept.state.came_of[0].id: kept.state.state for kept in research.fake_outcomes.kept.values()}
    assert states == {"vis_1": "withdrawn", "vis_2": "expected"}


def test_a_mistaken_visit_that_opened_nothing_leaves_nothing(research: ResearchInMemory) -> None:
    told(research, mistaken(previous_state="proposed"), fulfilled(expected_outcome=None))
    assert not research.fake_outcomes.kept


def test_two_that_are_handled_at_the_same_moment_see_each_other(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_while_it_opens(research, monkeypatch, fulfilled(), mistaken())
    assert shown(research)["state"] == "withdrawn"


@pytest.mark.parametrize("without", guards())
def test_without_its_guard_the_mistake_is_missed(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch, without: Patch
) -> None:
    without(monkeypatch)
    told(research, mistaken(), fulfilled())
    assert shown(research)["state"] == "expected"


def test_a_decision_that_was_made_is_not_made_again() -> None:
    assert withdraw(given.outcome(state="withdrawn"), reason=REASON) is None
    assert withdraw(given.at("pilot", state="merged", merged_into="out_2"), reason=REASON) is None
    assert withdraw(given.at("pilot", questioned="Earlier."), reason=REASON) is None
