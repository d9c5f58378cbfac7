"""Every happening of research as the event of its contract."""

from dataclasses import replace

import pytest

from contracts.research import v1, v2
from contracts.research.versions import earlier, newest
from services.research.adapters.published_events import published
from services.research.domain import events
from services.research.domain.legal import events as legal
from services.research.domain.outcome import Outcome
from tests.unit.research import given, given_legal

ADOPTED = given.adopted()
IN_BOTH_VERSIONS = [
    (events.OutcomeExpected(given.outcome()), v2.OutcomeExpected, {"stage": None, "origin_year": 2026}),
    (events.OutcomeOverdue(given.outcome(overdue=True)), v2.OutcomeOverdue, {"responsible": "per_bano"}),
    (
        events.OutcomeWithdrawn(given.outcome(state="withdrawn"), "Entered twice."),
        v2.OutcomeWithdrawn,
        {"reason": "Entered twice.", "stage": None},
    ),
    (
        events.OutcomeWaived(given.waived(), "It was not made.", "per_ali"),
        v2.OutcomeWaived,
        {"reason": "It was not made.", "by": "per_ali", "stage": None},
    ),
    (
        events.OutcomeQuestioned(given.at("pilot"), "Entered twice."),
        v2.OutcomeQuestioned,
        {"reason": "Entered twice.", "stage": "pilot"},
    ),
    (events.OutcomeReported(given.at("disclosure"), "per_bano"), v2.OutcomeReported, {"by": "per_bano"}),
    (
        events.OutcomeAdvanced(given.at("pilot"), given.at("pilot").gates[-1]),
        v2.OutcomeAdvanced,
        {"stage": "pilot", "gate": "pilot", "decision": "accepted", "by": "per_ali"},
    ),
    (
        events.OutcomeAdopted(ADOPTED, given.USED),
        v2.OutcomeAdopted,
        {"adopting_site": given.GILGIT, "adopted_on": "2026-05-14", "by": "per_hussain", "patients": 12}
        | {"procedures": 3, "guideline": "Staging of cysts"},
    ),
]
CLEARED = given.at("pilot", clearances=(given_legal.clearance(),))
IN_VERSION_2_ALONE: list[tuple[events.OutcomeHappening, type[v2.OutcomeEvent], dict[str, object]]] = [
    (
        legal.ClearanceExpiring(CLEARED, CLEARED.clearances[0]),
        v2.OutcomeClearanceExpiring,
        {
            "requirement": "req_1",
            "kind": "data-export",
            "from_end": "CN",
            "to_end": "PK",
            "owner": "per_meng",
            "owner_site": given.KASHGAR,
            "expires_on": "2026-12-31",
            "reference": "2026-0117",
        },
    ),
    (
        legal.ClearanceExpired(CLEARED, CLEARED.clearances[0]),
        v2.OutcomeClearanceExpired,
        {"authority": "Cyberspace Administration", "stage": "pilot"},
    ),
    (events.OutcomeDueSoon(given.outcome(), 7), v2.OutcomeDueSoon, {"days_left": 7, "responsible": "per_bano"}),
    (
        events.OutcomeMerged(given.at("pilot"), "out_2", "Entered twice.", "per_ali"),
        v2.OutcomeMerged,
        {"merged_into": "out_2", "reason": "Entered twice.", "by": "per_ali", "stage": "pilot"},
    ),
    (
        events.OutcomeSettled(given.at("pilot"), "It was the other visit.", "per_ali", given.NOW),
        v2.OutcomeSettled,
        {"reason": "It was the other visit.", "by": "per_ali", "reported_at": "2026-05-15T06:00:00.000Z"},
    ),
]
HAPPENINGS = [*IN_BOTH_VERSIONS, *IN_VERSION_2_ALONE]


@pytest.mark.parametrize(("happening", "model", "facts"), HAPPENINGS)
def test_each_is_told_with_the_outcome_as_it_then_stands(
    happening: events.OutcomeHappening, model: type[v2.OutcomeEvent], facts: dict[str, object]
) -> None:
    event = published(happening)
    assert type(event) is model
    told = event.model_dump(mode="json")
    outcome: Outcome = happening.outcome
    assert facts.items() <= told.items()
    assert (told["outcome"], told["outcome_type"], told["title"]) == (outcome.id, outcome.type, outcome.title)
    assert told["followers"] == list(outcome.followers)


def test_every_event_of_the_contract_is_told_of_something() -> None:
    assert {model for _, model, _ in HAPPENINGS} == set(v2.EVENTS)


@pytest.mark.parametrize(("happening", "model", "facts"), IN_BOTH_VERSIONS)
def test_an_outcome_of_a_visit_is_told_in_version_1_as_well_and_found_again_in_it(
    happening: events.OutcomeHappening, model: type[v2.OutcomeEvent], facts: dict[str, object]
) -> None:
    told = published(happening)
    (before,) = earlier(told)
    assert before.type == model.type.replace(".v2", ".v1")
    said, says = before.model_dump(mode="json"), told.model_dump(mode="json")
    assert (said.pop("visit"), said.pop("visit_year")) == ("vis_1", 2026)
    assert says.pop("origin") == {"kind": "visit", "id": "vis_1", "slot": None}
    assert (says.pop("origin_year"), says.pop("also_of")) == (2026, [])
    assert said == says
    assert newest(before) == newest(told) == told


@pytest.mark.parametrize("happening", [each for each, *_ in HAPPENINGS])
def test_an_outcome_of_a_consultation_is_told_in_version_2_alone(happening: events.OutcomeHappening) -> None:
    of_consultation = replace(happening, outcome=replace(happening.outcome, origin=given.OF_CONSULTATION))
    told = published(of_consultation)
    origin = told.model_dump(mode="json")["origin"]
    assert origin == {"kind": "consultation", "id": "con_1", "slot": "2026-05-01T06:00:00.000Z"}
    assert earlier(told) == ()


def test_what_else_it_came_of_is_told_in_version_2() -> None:
    outcome = given.outcome(also_of=(given.OF_CONSULTATION,))
    told = published(events.OutcomeExpected(outcome))
    assert told.model_dump(mode="json")["also_of"] == [
        {"kind": "consultation", "id": "con_1", "slot": "2026-05-01T06:00:00.000Z"}
    ]


@pytest.mark.parametrize("happening", [each for each, *_ in IN_VERSION_2_ALONE])
def test_what_version_1_never_told_is_told_in_version_2_alone(happening: events.OutcomeHappening) -> None:
    assert earlier(published(happening)) == ()


def test_each_event_of_version_1_has_its_own_in_version_2() -> None:
    of_version_2 = {each.type for each in v2.EVENTS} - {model.type for _, model, _ in IN_VERSION_2_ALONE}
    assert {each.type.replace(".v1", ".v2") for each in v1.EVENTS} == of_version_2


def test_what_nobody_is_told_of_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no event of the contracts tells of int"):
        published(1)
