"""Nobody waits any more for an outcome that was expected."""

from datetime import timedelta

import pytest

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed, StaleVersion
from chassis.kernel.ids import derived
from services.research.application import commands
from services.research.domain import events
from services.research.domain.expecting import due, miss
from services.research.domain.refusals import WrongState
from services.research.domain.waiving import waive
from services.research.domain.withdrawing import withdraw
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.mistakes import tell
from tests.unit.research.test_commands import command_of, context, expected, go, standing, view
from tests.unit.research.test_mistaken_visits import mistaken
from tests.unit.research.test_transfer import TOO_LATE

REASON = "The images may not leave Gilgit."


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def waived_by(who: Actor, research: ResearchInMemory, outcome_id: str, number: str = "") -> Receipt:
    command = command_of(commands.WaiveOutcome, outcome_id, 1, reason=REASON)
    return research.waive_outcome(command, context(who, 1, number))


def test_who_runs_the_programme_gives_an_outcome_up_with_a_reason(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    receipt = waived_by(given.COORDINATOR_HERE, research, outcome_id)
    assert (receipt.state, receipt.version) == ("waived", 2)
    told = research.fake_outcomes.told[-1]
    assert told == events.OutcomeWaived(standing(research, outcome_id), REASON, "per_zhang")
    shown = view(research, outcome_id)
    assert (shown["state"], shown["history"][-1]["what"], shown["history"][-1]["why"]) == ("waived", "waived", REASON)
    assert shown["may"] == []


def test_given_again_it_answers_as_the_first_time_and_one_that_saw_less_is_stale(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    assert waived_by(given.MANAGER, research, outcome_id) == waived_by(given.MANAGER, research, outcome_id)
    with pytest.raises(StaleVersion):
        waived_by(given.MANAGER, research, outcome_id, "another")


def test_whoever_owes_it_does_not_release_themselves(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    with pytest.raises(NotAllowed) as refused:
        waived_by(given.RESPONSIBLE, research, outcome_id)
    assert refused.value.facts["action"] == "waive_outcome"
    assert standing(research, outcome_id).state == "expected"


def test_what_is_given_up_is_reported_no_more(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    waived_by(given.MANAGER, research, outcome_id)
    report = command_of(commands.ReportOutcome, outcome_id, 2, title="A protocol", summary="How to.")
    with pytest.raises(WrongState):
        research.report_outcome(report, context(given.RESPONSIBLE, 2))


def test_one_that_is_overdue_is_given_up_too_and_is_overdue_no_more() -> None:
    decision = waive(given.outcome(overdue=True), reason=REASON, by="per_ali")
    assert decision.state == given.waived()
    assert due(decision.state) == ()
    assert miss(decision.state, now=TOO_LATE) is None


def test_the_timer_leaves_alone_what_was_given_up_meanwhile(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    waived_by(given.MANAGER, research, outcome_id)
    research.mark_overdue(outcome_id, Context(derived("timer"), given.MANAGER, given.NOW + timedelta(days=91)))
    assert research.fake_outcomes.load(outcome_id).version == 2


def test_a_mistake_that_is_told_later_neither_takes_it_back_nor_questions_it(research: ResearchInMemory) -> None:
    assert withdraw(given.waived(), reason="Entered twice.") is None
    outcome_id = expected(research)
    waived_by(given.MANAGER, research, outcome_id)
    tell(research, mistaken())
    assert (standing(research, outcome_id).state, standing(research, outcome_id).questioned) == ("waived", "")


def test_one_that_was_reported_is_not_given_up(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, 1)
    command = command_of(commands.WaiveOutcome, outcome_id, 2, reason=REASON)
    with pytest.raises(WrongState) as refused:
        research.waive_outcome(command, context(given.MANAGER, 2))
    assert refused.value.facts == {"state": "reported", "command": "waive_outcome", "fits": ["expected"]}
