"""Research on the real database: from the event of a visit to its own, and the timer of what nobody reported."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.context import Context
from chassis.store import database_at
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitFulfilled
from services.research.application.commands import ConfirmAdoption, DecideGate
from services.research.application.queries import AskOutcomes
from services.research.bootstrap import Research
from services.research.domain.outcome import STAGES
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.event_factory import make_event
from tests.fixtures.installations import MakeInstallation
from tests.unit.research import given, test_findings, test_kept_before
from tests.unit.research.mistakes import MODELS
from tests.unit.research.test_commands import VISIT, go, view
from tests.unit.research.test_mistaken_visits import REASON, mistaken
from tests.unit.research.test_reached import reported_before

TRACE = "00-a025a1052c4c57caaae9cc1fddb35888-8a5e30771aff5e34-01"


@pytest.fixture
def database(make_installation: MakeInstallation) -> Database[dict[str, Any]]:
    return database_at(make_installation([RESEARCH_ALONE]).mongo_url("research"))


@pytest.fixture
def research(database: Database[dict[str, Any]]) -> Research:
    return Research(database, StandingClock())


def fulfilled() -> CloudEvent:
    envelope = {"correlationid": "the-whole-story", "traceparent": TRACE}
    return CloudEvent.model_validate(make_event(VisitFulfilled.type, envelope=envelope, **VISIT))


def tell(research: Research, event: CloudEvent) -> None:
    research.handlers()[event.type](event, VisitFulfilled.model_validate(event.data))


def run_due(research: Research) -> int:
    return sum(timers.run_due() for timers in research.timers)


def told(database: Database[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every event, in its newest version."""
    entries = [entry for document in database["outcomes"].find() for entry in document["outbox"]]
    return [orjson.loads(entry["body"]) for entry in entries if entry["type"].endswith(".v2")]


def test_the_chain_goes_on_from_the_visit_to_the_outcome(
    research: Research, database: Database[dict[str, Any]]
) -> None:
    event = fulfilled()
    tell(research, event)
    (expected,) = told(database)
    assert expected["type"] == "research.outcome.expected.v2"
    assert expected["causationid"] == event.id
    assert expected["correlationid"] == "the-whole-story"
    assert expected["traceparent"] == TRACE


def test_an_event_told_again_has_one_effect(research: Research, database: Database[dict[str, Any]]) -> None:
    for _ in range(3):
        tell(research, fulfilled())
    assert len(told(database)) == 1


def test_the_timer_flags_what_nobody_reported_once(research: Research, database: Database[dict[str, Any]]) -> None:
    tell(research, fulfilled())
    clock = research.clock
    assert isinstance(clock, StandingClock)
    assert run_due(research) == 0
    clock.advance(timedelta(days=365))
    assert run_due(research) == 3, "the reminders, too, that nobody wants any more"
    assert run_due(research) == 0
    assert [event["type"] for event in told(database)] == [
        "research.outcome.expected.v2",
        "research.outcome.overdue.v2",
    ]


def test_who_owes_the_report_is_reminded_twice_whatever_is_started_anew_in_between(
    database: Database[dict[str, Any]],
) -> None:
    clock = StandingClock(given.NOW)
    tell(Research(database, clock), fulfilled())
    for days, told_by_then in ((59, []), (1, [30]), (22, [30]), (1, [30, 7]), (6, [30, 7])):
        clock.advance(timedelta(days=days))
        for research in (Research(database, clock), Research(database, clock)):
            run_due(research)
        assert [event["data"]["days_left"] for event in told(database)[1:]] == told_by_then


def test_a_deferred_gate_and_a_follow_up_are_told_once_whatever_is_started_anew_in_between(
    database: Database[dict[str, Any]],
) -> None:
    clock = StandingClock(given.NOW)
    tell(Research(database, clock), fulfilled())
    (document,) = database["outcomes"].find()
    go(Research(database, clock), document["_id"], 1)
    put_off = {"gate": "evaluation", "decision": "deferred", "reason": "The board meets.", "back_on": "2026-05-20"}
    fields = {"outcome_id": document["_id"], "expected_version": 2, **put_off}
    context = Context("3" * 32, given.MANAGER, given.NOW, expected_version=2)
    Research(database, clock).decide_gate(parsed(DecideGate, fields), context)

    def told_after(days: int) -> list[str]:
        clock.advance(timedelta(days=days))
        for research in (Research(database, clock), Research(database, clock)):
            run_due(research)
        return [event["type"].split(".")[2] for event in told(database)[3:]]

    assert told_after(4) == []
    assert told_after(1) == told_after(1) == ["gate-due"]
    adopted_now(Research(database, clock), document["_id"])
    passed = ["gate-due", *["advanced"] * 5, "adopted"]
    assert told_after(183) == passed
    assert told_after(1) == told_after(180) == [*passed, "follow-up-due"]
    assert told_after(1) == told_after(100) == [*passed, *["follow-up-due"] * 2]


def adopted_now(research: Research, outcome_id: str) -> None:
    """From the deferred gate, which is back, to its adoption today."""
    now, site = research.clock.now(), {"outcome_id": outcome_id, "adopting_site": given.GILGIT}
    for version, gate in enumerate(STAGES[1:], start=4):
        evidence = [vars(each) for each in given.evidence(gate)]
        fields = {"gate": gate, "decision": "accepted", "evidence": evidence, "expected_version": version}
        context = Context(str(version) * 32, given.MANAGER, now, expected_version=version)
        research.decide_gate(parsed(DecideGate, {"outcome_id": outcome_id, **fields}), context)
    fields = site | {"adopted_on": now.date().isoformat(), "expected_version": 9}
    context = Context("a" * 32, given.COORDINATOR_THERE, now, expected_version=9)
    research.confirm_adoption(parsed(ConfirmAdoption, fields), context)


def test_one_kept_before_keeps_when_it_came_to_its_stages_from_the_next_decision_on(
    research: Research, database: Database[dict[str, Any]]
) -> None:
    made_by = {"id": "1" * 32, "version": 1, "state": "expected"}
    before = reported_before() | {"made_at": given.NOW, "made_by": made_by, "outbox": [], "applied": []}
    database["outcomes"].insert_one(before)
    evidence = [vars(each) for each in given.evidence("terms")]
    fields: dict[str, Any] = {"outcome_id": "out_1", "gate": "terms", "decision": "accepted", "evidence": evidence}
    fields |= {"expected_version": 5}
    research.decide_gate(parsed(DecideGate, fields), Context("2" * 32, given.MANAGER, given.NOW, expected_version=5))
    (document,) = database["outcomes"].find()
    assert [each["stage"] for each in document["reached"]] == ["disclosure", "evaluation", "protection", "terms"]
    assert document["reached"][0]["at"] == "2026-05-06T06:00:00Z"


def test_the_timer_leaves_alone_what_was_reported_meanwhile(
    research: Research, database: Database[dict[str, Any]]
) -> None:
    tell(research, fulfilled())
    (document,) = database["outcomes"].find()
    go(research, document["_id"], 1)
    assert isinstance(research.clock, StandingClock)
    research.clock.advance(timedelta(days=365))
    assert run_due(research) == 0


def test_an_outcome_goes_all_the_way_into_practice(research: Research, database: Database[dict[str, Any]]) -> None:
    tell(research, fulfilled())
    (document,) = database["outcomes"].find()
    receipts = go(research, document["_id"], 7)
    assert receipts[-1].state == "adopted"
    assert go(research, document["_id"], 7) == receipts, "and given again answers as the first time"
    assert len(view(research, document["_id"])["history"]) == 8


@pytest.mark.parametrize("order", [(0, 1, 0, 1, 0, 1), (1, 1, 0, 1, 0, 0)], ids=["in order", "the mistake first"])
def test_what_a_mistaken_visit_opened_is_taken_back_once(
    research: Research, database: Database[dict[str, Any]], order: tuple[int, ...]
) -> None:
    both = (fulfilled(), mistaken())
    for number in order:
        event = both[number]
        research.handlers()[event.type](event, MODELS[event.type].model_validate(event.data))
    (outcome,) = database["outcomes"].find()
    assert (outcome["state"], outcome["version"], "due" in outcome) == ("withdrawn", 2, False)
    assert [line["why"] for line in outcome["history"]] == ["", REASON]
    assert [event["type"] for event in told(database)] == [
        "research.outcome.expected.v2", "research.outcome.withdrawn.v2",
    ]  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1, 0, 1, 0, 1), (1, 1, 0, 1, 0, 0)], ids=["in order", "the mistake first"])
def test_what_a_mistaken_consultation_opened_is_taken_back_once(
    research: Research, database: Database[dict[str, Any]], order: tuple[int, ...]
) -> None:
    both = (test_findings.held(), test_findings.in_error())
    for number in order:
        event = both[number]
        research.handlers()[event.type](event, MODELS[event.type].model_validate(event.data))
    (outcome,) = database["outcomes"].find()
    assert (outcome["origin"]["id"], outcome["state"], outcome["version"]) == ("con_1", "withdrawn", 2)
    assert [entry["type"] for entry in outcome["outbox"]] == [
        "research.outcome.expected.v2", "research.outcome.withdrawn.v2",
    ]  # fmt: skip


def test_an_outcome_kept_before_is_found_by_its_visit_and_goes_all_the_way(
    research: Research, database: Database[dict[str, Any]]
) -> None:
    made_by = {"id": "1" * 32, "version": 1, "state": "expected"}
    trail = {"made_at": given.NOW, "made_by": made_by, "history": [], "outbox": [], "applied": []}
    database["outcomes"].insert_one(test_kept_before.BEFORE | trail)
    tell(research, fulfilled())
    listed = research.outcomes(parsed(AskOutcomes, {"visit_id": "vis_1"}), given.MANAGER)
    assert len(listed["items"]) == 2, "the one kept before, and the one kept now"
    assert go(research, "out_1", 7)[-1].state == "adopted"
    mistake = mistaken()
    research.handlers()[mistake.type](mistake, MODELS[mistake.type].model_validate(mistake.data))
    assert view(research, "out_1")["questioned"] == REASON
