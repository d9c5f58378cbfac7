"""Research's commands, reactions and questions, on documents in memory."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.v1 import PersonChanged, VisitFulfilled
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research
from services.research.domain import events
from services.research.domain.outcome import STAGES, Outcome
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given

NAMES = {"per_bano": "Shahida Bano", "per_ali": "Imran Ali", "per_hussain": "Nadia Hussain"}

TOO_MANY = {f"{'x' * number}{letter}": 1 for number in range(21) for letter in "ab"}
FILE = {
    "title": "Protocol",
    "address": "https://files.example/protocol.pdf",
    "sha256": "9f2c" * 16,
    "media_type": "application/pdf",
    "size": 48_211,
}
FOUND = {"kind": "evaluation-report", "title": "Minutes", "reference": "Shelf 4"}


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(given.NOW)


@pytest.fixture
def research(clock: StandingClock) -> ResearchInMemory:
    return ResearchInMemory(clock)


def site(site_id: str, zone: str, *coordinators: str) -> dict[str, Any]:
    return {"id": site_id, "names": {"en": site_id}, "zone": zone, "coordinators": coordinators}


VISIT = {
    "visit": "vis_1",
    "proposer": "per_ali",
    "leader": "per_bano",
    "purpose": "Ultrasound staging",
    "sending_site": site(given.GILGIT, "Asia/Karachi", "per_hussain", "per_ali"),
    "host_site": site(given.KASHGAR, "Asia/Shanghai", "per_zhang"),
    "planned_arrival": "2026-04-30",
    "actual_arrival": "2026-05-01",
    "expected_outcome": {"type": "publication", "due_on": "2026-08-13"},
}


def told(research: ResearchInMemory, **different: Any) -> CloudEvent:
    """Tells research of a fulfilled visit."""
    event = CloudEvent.model_validate(make_event(VisitFulfilled.type, **{**VISIT, **different}))
    research.handlers()[VisitFulfilled.type](event, VisitFulfilled.model_validate(event.data))
    return event


def expected(research: ResearchInMemory) -> str:
    told(research)
    (outcome_id,) = research.fake_outcomes.kept
    return outcome_id


def standing(research: ResearchInMemory, outcome_id: str) -> Outcome:
    return research.fake_outcomes.load(outcome_id).state


def command_of(kind: type[Any], outcome_id: str, version: int, **fields: Any) -> Any:
    return parsed(kind, {"outcome_id": outcome_id, "expected_version": version, **fields})


def context(actor: Actor, version: int | None = None, number: str = "") -> Context:
    """A new call's circumstances; the same `number` is the same command."""
    return Context(derived(str(actor.person), str(version), number), actor, given.NOW, version)


Given = tuple[Actor, Callable[[Any, Context], Receipt], Any]


def evidence(gate: str) -> list[dict[str, str]]:
    """As much as a gate needs of a change of practice, and so of a paper, too."""
    practice = given.outcome(type="influence-on-policy-or-practice")
    return [vars(each) for each in given.evidence_of(practice, gate)]


def whole_way(research: Research, outcome_id: str) -> list[Given]:
    """Every command from the report to the adoption, in order."""
    report = command_of(commands.ReportOutcome, outcome_id, 1, title="A protocol", summary="How to stage cysts.")
    gates = [
        command_of(commands.DecideGate, outcome_id, version, gate=gate, decision="accepted", evidence=evidence(gate))
        for version, gate in enumerate(STAGES[1:], start=2)
    ]
    adoption = command_of(
        commands.ConfirmAdoption, outcome_id, 7, adopting_site=given.GILGIT, adopted_on="2026-05-15", note="In use"
    )
    return [
        (given.RESPONSIBLE, research.report_outcome, report),
        *((given.MANAGER, research.decide_gate, gate) for gate in gates),
        (given.COORDINATOR_THERE, research.confirm_adoption, adoption),
    ]


def go(research: Research, outcome_id: str, steps: int) -> list[Receipt]:
    return [
        give(command, context(who, command.expected_version))
        for who, give, command in whole_way(research, outcome_id)[:steps]
    ]


def view(research: Research, outcome_id: str, actor: Actor = given.MANAGER) -> View:
    return research.outcome(parsed(queries.AskOutcome, {"outcome_id": outcome_id}), actor)


def test_a_fulfilled_visit_opens_the_outcome_that_its_agreement_expects(research: ResearchInMemory) -> None:
    outcome = standing(research, expected(research))
    assert (outcome.state, outcome.type, outcome.origin) == ("expected", "publication", given.OF_VISIT)
    assert outcome.responsible == "per_bano"
    assert outcome.followers == ("per_ali", "per_hussain", "per_zhang"), "each once"
    assert outcome.sites == (given.GILGIT, given.KASHGAR)
    assert outcome.zones == {given.GILGIT: "Asia/Karachi", given.KASHGAR: "Asia/Shanghai"}
    assert outcome.due_on.isoformat() == "2026-08-13"


def test_a_visit_told_of_again_opens_nothing_more_even_after_the_report(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, 1)
    told(research)
    assert list(research.fake_outcomes.kept) == [outcome_id]
    assert standing(research, outcome_id).state == "reported"


def test_two_visits_open_two_outcomes(research: ResearchInMemory) -> None:
    told(research)
    told(research, visit="vis_2")
    assert len(research.fake_outcomes.kept) == 2


def test_a_visit_of_which_no_outcome_is_expected_opens_none(research: ResearchInMemory) -> None:
    told(research, expected_outcome=None)
    assert not research.fake_outcomes.kept


def test_an_outcome_goes_all_the_way_into_practice(research: ResearchInMemory) -> None:
    receipts = go(research, expected(research), 7)
    assert [receipt.state for receipt in receipts] == ["reported"] * 6 + ["adopted"]
    assert [type(event) for event in research.fake_outcomes.told] == [
        events.OutcomeExpected, events.OutcomeReported, *[events.OutcomeAdvanced] * 5, events.OutcomeAdopted,
    ]  # fmt: skip


def test_every_command_given_again_answers_as_the_first_time_and_changes_nothing(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    first = go(research, outcome_id, 7)
    before = dict(research.fake_outcomes.kept)
    assert go(research, outcome_id, 7) == first
    assert research.fake_outcomes.kept == before


@pytest.mark.parametrize("step", range(7))
def test_every_command_that_saw_an_older_version_is_stale(research: ResearchInMemory, step: int) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, step + 1)
    who, give, command = whole_way(research, outcome_id)[step]
    with pytest.raises(StaleVersion) as refused:
        give(command, context(who, command.expected_version, number="another"))
    assert refused.value.facts == {"id": outcome_id, "expected": step + 1, "actual": step + 2}


@pytest.mark.parametrize("role", [OBSERVER, VISITOR])
@pytest.mark.parametrize("step", [0, 1, 6])
def test_who_only_looks_on_changes_nothing(research: ResearchInMemory, step: int, role: str) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, step)
    before = dict(research.fake_outcomes.kept)
    _, give, command = whole_way(research, outcome_id)[step]
    onlooker = Actor("per_onlooker", frozenset({role}), frozenset({given.GILGIT, given.KASHGAR}))
    with pytest.raises(NotAllowed):
        give(command, context(onlooker, command.expected_version))
    assert research.fake_outcomes.kept == before


def test_what_nobody_reported_in_time_is_overdue_once(research: ResearchInMemory, clock: StandingClock) -> None:
    outcome_id = expected(research)
    clock.advance(timedelta(days=91))
    for _ in range(2):
        research.mark_overdue(outcome_id, Context(derived("timer"), SYSTEM, clock.now()))
    assert standing(research, outcome_id).overdue
    assert [type(event) for event in research.fake_outcomes.told] == [events.OutcomeExpected, events.OutcomeOverdue]


def test_what_was_reported_meanwhile_is_not_overdue(research: ResearchInMemory, clock: StandingClock) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, 1)
    clock.advance(timedelta(days=91))
    research.mark_overdue(outcome_id, Context(derived("timer"), SYSTEM, clock.now()))
    assert not standing(research, outcome_id).overdue
    assert research.fake_outcomes.load(outcome_id).version == 2


def named(research: ResearchInMemory, version: int = 1, **different: str) -> None:
    """Tells research of everybody's names."""
    for person, name in {**NAMES, **different}.items():
        envelope = {"subject": f"person/{person}", "sequence": sequence(version, 0)}
        event = CloudEvent.model_validate(make_event(PersonChanged.type, envelope=envelope, passport_name=name))
        research.handlers()[PersonChanged.type](event, PersonChanged.model_validate(event.data))


def test_an_answer_names_people_as_their_newest_event_does(research: ResearchInMemory) -> None:
    named(research, version=2)
    named(research, version=1, per_bano="S. Bano")
    outcome_id = expected(research)
    go(research, outcome_id, 2)
    shown = view(research, outcome_id)
    assert shown["responsible_name"] == "Shahida Bano"
    assert shown["gates"][0]["by_name"] == "Imran Ali"
    assert [(line["by"], line["by_name"], line["what"]) for line in shown["history"]] == [
        (None, None, "expected"),
        ("per_bano", "Shahida Bano", "reported"),
        ("per_ali", "Imran Ali", "advanced"),
    ]


def test_an_outcome_is_shown_whole(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    go(research, outcome_id, 7)
    shown = view(research, outcome_id)
    whole = {
        "id", "version", "state", "overdue", "questioned", "type", "title", "summary", "doi", "field", "agreement",
        "condition", "origin", "sites", "responsible", "responsible_name", "due_on", "transfers", "stage", "gate_due",
        "next_gate", "gate_needs", "gate_warnings", "readiness", "ratings", "adopting_site", "adopted_on",
        "adoptions", "gates", "history", "may", "details", "contributors", "organisations", "attachments", "also_of",
        "label", "also", "public", "directions", "clearances",
        "read_by", "merged_into",
    }  # fmt: skip
    assert shown.keys() == whole
    assert (shown["state"], shown["version"], shown["stage"]) == ("adopted", 8, "adoption")
    assert (shown["adopting_site"], shown["adopted_on"], shown["due_on"]) == (given.GILGIT, "2026-05-15", "2026-08-13")
    assert shown["gates"][-1]["gate"] == "adoption"
    assert shown["history"][-1]["why"] == "In use"


def test_the_view_offers_each_what_they_may_do_next(research: ResearchInMemory) -> None:
    outcome_id = expected(research)
    assert view(research, outcome_id, given.RESPONSIBLE)["may"] == ["report_outcome", "attribute_outcome"]
    go(research, outcome_id, 1)
    answers = ["correct_outcome", "attribute_outcome"]
    assert view(research, outcome_id, given.RESPONSIBLE)["may"] == [*answers, "merge_outcomes"]
    shown = view(research, outcome_id)
    assert shown["may"] == [
        *answers, "decide_gate", "rate_readiness", "merge_outcomes", "state_directions", "open_track",
    ]  # fmt: skip
    assert shown["next_gate"] == "evaluation"


def test_who_may_not_see_an_outcome_is_told_that_there_is_none(research: ResearchInMemory) -> None:
    stranger = Actor("per_x", frozenset({VISITOR}), frozenset({"sit_hotan"}))
    outcome_id = expected(research)
    with pytest.raises(Unknown) as refused:
        view(research, outcome_id, stranger)
    assert refused.value.facts == {"kind": "outcome", "id": outcome_id}
    assert research.outcomes(queries.AskOutcomes(), stranger) == {"items": [], "next": None}


def test_the_list_goes_on_as_long_as_there_is_more(research: ResearchInMemory) -> None:
    for number in range(3):
        told(research, visit=f"vis_{number}")
    first = research.outcomes(queries.AskOutcomes(limit=2), given.MANAGER)
    rest = research.outcomes(queries.AskOutcomes(limit=2, after=first["next"]), given.MANAGER)
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert {item["origin"]["id"] for item in first["items"] + rest["items"]} == {"vis_0", "vis_1", "vis_2"}


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (commands.ReportOutcome, {"title": ""}, "title"),
        (commands.ReportOutcome, {"title": "x" * 301}, "title"),
        (commands.ReportOutcome, {"title": {"$ne": ""}}, "title"),
        (commands.ReportOutcome, {"summary": " "}, "summary"),
        (commands.ReportOutcome, {"doi": "x" * 201}, "doi"),
        (commands.ReportOutcome, {"stage": "adoption"}, "stage"),
        (commands.ReportOutcome, {"details": []}, "details"),
        (commands.ReportOutcome, {"details": {"$ne": 1}}, "details.$ne.[key]"),
        (commands.ReportOutcome, {"details": TOO_MANY}, "details"),
        (commands.ReportOutcome, {"contributors": [{"name": "Chen Yong", "role": "king"}]}, "contributors.0.role"),
        (commands.ReportOutcome, {"contributors": [{"role": "author"}]}, "contributors.0.name"),
        (commands.ReportOutcome, {"contributors": [{"name": "x", "role": "author"}] * 201}, "contributors"),
        (commands.ReportOutcome, {"organisations": [{"name": "x", "grid": "1"}]}, "organisations.0.grid"),
        (commands.ReportOutcome, {"attachments": [{**FILE, "size": "48211"}]}, "attachments.0.size"),
        (commands.CorrectOutcome, {"reason": " "}, "reason"),
        (commands.CorrectOutcome, {"title": ""}, "title"),
        (commands.CorrectOutcome, {"type": "award"}, "type"),
        (commands.WaiveOutcome, {"reason": ""}, "reason"),
        (commands.DecideGate, {"gate": "nowhere"}, "gate"),
        (commands.DecideGate, {"decision": "perhaps"}, "decision"),
        (commands.DecideGate, {"evidence": "Minutes"}, "evidence"),
        (commands.DecideGate, {"evidence": [FOUND] * 21}, "evidence"),
        (commands.DecideGate, {"evidence": [{**FOUND, "kind": "rumour"}]}, "evidence.0.kind"),
        (commands.DecideGate, {"evidence": [{**FOUND, "reference": " "}]}, "evidence.0.reference"),
        (commands.DecideGate, {"evidence": [{**FOUND, "reference": "x" * 501}]}, "evidence.0.reference"),
        (commands.DecideGate, {"body": "x" * 201}, "body"),
        (commands.DecideGate, {"decided_on": 20260515}, "decided_on"),
        (commands.DecideGate, {"back_on": "2026-06-01"}, ""),
        (commands.ConfirmAdoption, {"adopted_on": 20260515}, "adopted_on"),
        (commands.ConfirmAdoption, {"adopting_site": "$where"}, "adopting_site"),
        (commands.ConfirmAdoption, {"expected_version": "1"}, "expected_version"),
        (commands.ConfirmAdoption, {"outcome_id": ["out_1"]}, "outcome_id"),
    ],
)
def test_fields_of_the_wrong_shape_are_refused_by_the_field(kind: Any, fields: dict[str, Any], field: str) -> None:
    good = {
        commands.ReportOutcome: {"title": "A protocol", "summary": "How to."},
        commands.CorrectOutcome: {"title": "A protocol", "reason": "A slip."},
        commands.WaiveOutcome: {"reason": "It was not made."},
        commands.DecideGate: {"gate": "pilot", "decision": "accepted"},
        commands.ConfirmAdoption: {"adopting_site": given.GILGIT, "adopted_on": "2026-05-15"},
    }[kind]
    assert command_of(kind, "out_1", 1, **good)
    with pytest.raises(InvalidCommand) as refused:
        parsed(kind, {"outcome_id": "out_1", "expected_version": 1, **good, **fields})
    assert [problem["field"] for problem in refused.value.facts["problems"]] == [field]
