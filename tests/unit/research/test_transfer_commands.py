"""Commands and timers on the way into practice, given once and again, on documents in memory."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion
from chassis.kernel.ids import derived
from services.research.application import commands
from services.research.domain import events
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.test_commands import Given, command_of, context, expected, go, standing, view

THERE, HERE = {"adopting_site": given.GILGIT}, {"adopting_site": given.KASHGAR}
HALF_A_YEAR = timedelta(days=184)
NAMES = {"per_hussain": "Nadia Hussain", "per_zhang": "Zhang Wei", "per_ali": "Imran Ali"}


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


@pytest.fixture
def outcome_id(research: ResearchInMemory) -> str:
    """One that Gilgit has adopted."""
    made = expected(research)
    go(research, made, 7)
    return made


def adopted_life(research: ResearchInMemory, outcome_id: str) -> list[Given]:
    """Every command that an adopted outcome takes, in order, from version 8 on."""
    counts = {"patients": 12, "guideline": "Staging of cysts"}
    steps: list[tuple[Any, Callable[[Any, Context], Receipt], type[Any], dict[str, Any]]] = [
        (given.COORDINATOR_HERE, research.confirm_adoption, commands.ConfirmAdoption, HERE | counts
            | {"adopted_on": "2026-05-15"}),
        (given.MANAGER, research.rate_readiness, commands.RateReadiness,
            {"domain": "clinical", "level": 9, "ground": "?"}),
        (given.COORDINATOR_THERE, research.record_follow_up, commands.RecordFollowUp,
            THERE | {"months": 6, "still_in_use": True, "patients": 40}),
        (given.COORDINATOR_HERE, research.end_adoption, commands.EndAdoption,
            HERE | {"ended_on": "2026-06-01", "reason": "The probe broke."}),
    ]  # fmt: skip
    return [
        (who, give, command_of(kind, outcome_id, version, **fields))
        for version, (who, give, kind, fields) in enumerate(steps, start=8)
    ]


def later(who: Any, version: int) -> Context:
    return Context(derived(str(who.person), str(version)), who, given.NOW + HALF_A_YEAR, version)


def live(research: ResearchInMemory, outcome_id: str, steps: int = 4) -> list[Receipt]:
    return [
        give(command, later(who, command.expected_version))
        for who, give, command in adopted_life(research, outcome_id)[:steps]
    ]


def test_every_command_given_again_answers_as_the_first_time_and_changes_nothing(
    research: ResearchInMemory, outcome_id: str
) -> None:
    first = live(research, outcome_id)
    assert [each.version for each in first] == [9, 10, 11, 12]
    before = dict(research.fake_outcomes.kept)
    assert live(research, outcome_id) == first
    assert research.fake_outcomes.kept == before


@pytest.mark.parametrize("step", range(4))
def test_every_command_that_saw_an_older_version_is_stale(
    research: ResearchInMemory, outcome_id: str, step: int
) -> None:
    live(research, outcome_id, step + 1)
    who, give, command = adopted_life(research, outcome_id)[step]
    with pytest.raises(StaleVersion):
        give(command, context(who, command.expected_version, number="another"))


@pytest.mark.parametrize("step", range(4))
def test_nobody_speaks_for_another_hospital_and_only_managers_rate(
    research: ResearchInMemory, outcome_id: str, step: int
) -> None:
    live(research, outcome_id, step)
    who, give, command = adopted_life(research, outcome_id)[step]
    other = given.COORDINATOR_HERE if who in (given.COORDINATOR_THERE, given.MANAGER) else given.COORDINATOR_THERE
    with pytest.raises(NotAllowed) as refused:
        give(command, later(other, command.expected_version))
    assert refused.value.facts["action"] == give.__name__


def test_the_view_tells_of_every_hospital_and_of_what_it_said(research: ResearchInMemory, outcome_id: str) -> None:
    live(research, outcome_id)
    shown = view(research, outcome_id)
    gilgit, kashgar = shown["adoptions"]
    assert (shown["adopting_site"], gilgit["site"], kashgar["site"]) == (given.GILGIT, given.GILGIT, given.KASHGAR)
    assert (kashgar["patients"], kashgar["guideline"]) == (12, "Staging of cysts")
    assert (kashgar["ended_on"], kashgar["end_reason"]) == ("2026-06-01", "The probe broke.")
    half, whole = gilgit["follow_ups"]
    assert (half["due_on"], half["said"]["patients"], half["said"]["in_use"]) == ("2026-11-15", 40, True)
    assert (half["covered_by"], whole["covered_by"]) == (None, None)
    assert (whole["due_on"], whole["said"], whole["awaited"]) == ("2027-05-15", None, False)
    assert shown["readiness"] == {"clinical": 9, "technology": 0, "regulatory": 0, "business": 0}
    assert shown["ratings"][0]["name"] == "clinical-use"


def test_the_view_says_which_follow_up_covers_one_that_was_never_said(
    research: ResearchInMemory, outcome_id: str
) -> None:
    fields = THERE | {"months": 12, "still_in_use": True}
    for_a_year = Context(derived("a year"), given.COORDINATOR_THERE, given.NOW + 2 * HALF_A_YEAR)
    research.record_follow_up(command_of(commands.RecordFollowUp, outcome_id, 8, **fields), for_a_year)
    half, whole = view(research, outcome_id)["adoptions"][0]["follow_ups"]
    assert (half["awaited"], half["said"], half["covered_by"]) == (False, None, 12)
    assert (whole["said"]["in_use"], whole["covered_by"]) == (True, None)


def deferred(research: ResearchInMemory) -> str:
    outcome_id = expected(research)
    go(research, outcome_id, 1)
    fields = {"gate": "evaluation", "decision": "deferred", "reason": "The board meets.", "back_on": "2026-06-01"}
    command = command_of(commands.DecideGate, outcome_id, 2, **fields)
    research.decide_gate(command, context(given.MANAGER, 2))
    return outcome_id


@pytest.mark.parametrize("timer", ["the same", "another"])
def test_a_gate_comes_back_once_however_often_its_timer_runs(research: ResearchInMemory, timer: str) -> None:
    outcome_id = deferred(research)
    for number in range(3):
        name = derived("timer", "" if timer == "the same" else str(number))
        research.mark_gate_due(outcome_id, Context(name, SYSTEM, given.NOW + timedelta(days=30)))
    shown = view(research, outcome_id)
    assert (shown["version"], shown["gate_due"]) == (4, True)
    assert [each for each in research.fake_outcomes.told if isinstance(each, events.OutcomeGateDue)] == [
        events.OutcomeGateDue(standing(research, outcome_id), standing(research, outcome_id).gates[-1])
    ]


def test_a_gate_that_was_decided_meanwhile_does_not_come_back(research: ResearchInMemory) -> None:
    outcome_id = deferred(research)
    fields = {"gate": "evaluation", "decision": "declined", "reason": "They met already."}
    research.decide_gate(command_of(commands.DecideGate, outcome_id, 3, **fields), context(given.MANAGER, 3))
    research.mark_gate_due(outcome_id, Context(derived("timer"), SYSTEM, given.NOW + timedelta(days=30)))
    assert (view(research, outcome_id)["version"], view(research, outcome_id)["gate_due"]) == (4, False)


@pytest.mark.parametrize("timer", ["the same", "another"])
def test_a_follow_up_is_asked_for_once_and_offered_until_it_is_recorded(
    research: ResearchInMemory, outcome_id: str, timer: str
) -> None:
    for number in range(3):
        name = derived("timer", "" if timer == "the same" else str(number))
        research.ask_follow_up(outcome_id, Context(name, SYSTEM, given.NOW + HALF_A_YEAR))
    asked = [each for each in research.fake_outcomes.told if isinstance(each, events.FollowUpDue)]
    assert [(each.adoption.site, each.months) for each in asked] == [(given.GILGIT, 6)]
    shown = view(research, outcome_id, given.COORDINATOR_THERE)
    assert (shown["version"], shown["adoptions"][0]["follow_ups"][0]["awaited"]) == (9, True)
    assert "record_follow_up" in shown["may"]
    assert "record_follow_up" not in view(research, outcome_id, given.COORDINATOR_HERE)["may"]


GOOD: dict[type[Any], dict[str, Any]] = {
    commands.RateReadiness: {"domain": "clinical", "level": 4, "ground": "A series"},
    commands.ConfirmAdoption: THERE | {"adopted_on": date(2026, 5, 15).isoformat()},
    commands.RecordFollowUp: THERE | {"months": 6, "still_in_use": True},
    commands.EndAdoption: THERE | {"ended_on": "2026-06-01", "reason": "It broke."},
}


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (commands.RateReadiness, {"domain": "legal"}, "domain"),
        (commands.RateReadiness, {"level": 0}, "level"),
        (commands.RateReadiness, {"level": 11}, "level"),
        (commands.RateReadiness, {"level": "4"}, "level"),
        (commands.RateReadiness, {"ground": " "}, "ground"),
        (commands.ConfirmAdoption, {"patients": -1}, "patients"),
        (commands.ConfirmAdoption, {"patients": "Gul Bano"}, "patients"),
        (commands.ConfirmAdoption, {"procedures": 1.5}, "procedures"),
        (commands.ConfirmAdoption, {"procedures": 10**9 + 1}, "procedures"),
        (commands.ConfirmAdoption, {"guideline": "x" * 201}, "guideline"),
        (commands.RecordFollowUp, {"months": 7}, "months"),
        (commands.RecordFollowUp, {"still_in_use": "yes"}, "still_in_use"),
        (commands.RecordFollowUp, {"ended_on": "2026-06-01"}, ""),
        (commands.RecordFollowUp, {"still_in_use": False, "note": "It broke."}, ""),
        (commands.RecordFollowUp, {"still_in_use": False, "ended_on": "2026-06-01"}, ""),
        (commands.EndAdoption, {"reason": ""}, "reason"),
        (commands.EndAdoption, {"ended_on": "1 June"}, "ended_on"),
    ],
)
def test_fields_of_the_wrong_shape_are_refused_by_the_field(kind: Any, fields: dict[str, Any], field: str) -> None:
    assert command_of(kind, "out_1", 1, **GOOD[kind])
    with pytest.raises(InvalidCommand) as refused:
        parsed(kind, {"outcome_id": "out_1", "expected_version": 1, **GOOD[kind], **fields})
    assert [problem["field"] for problem in refused.value.facts["problems"]] == [field]
