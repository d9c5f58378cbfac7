"""Every happening of research as the event of its contract."""

import pytest

from contracts.research import v1
from services.research.adapters.published_events import published
from services.research.domain import events
from services.research.domain.outcome import Outcome
from tests.unit.research import given

ADOPTED = given.adopted()
HAPPENINGS = [
    (events.OutcomeExpected(given.outcome()), v1.OutcomeExpected, {"stage": None, "visit_year": 2026}),
    (events.OutcomeOverdue(given.outcome(overdue=True)), v1.OutcomeOverdue, {"responsible": "per_bano"}),
    (
        events.OutcomeWithdrawn(given.outcome(state="withdrawn"), "Entered twice."),
        v1.OutcomeWithdrawn,
        {"reason": "Entered twice.", "stage": None},
    ),
    (
        events.OutcomeQuestioned(given.at("pilot"), "Entered twice."),
        v1.OutcomeQuestioned,
        {"reason": "Entered twice.", "stage": "pilot"},
    ),
    (events.OutcomeReported(given.at("disclosure"), "per_bano"), v1.OutcomeReported, {"by": "per_bano"}),
    (
        events.OutcomeAdvanced(given.at("pilot"), given.at("pilot").gates[-1]),
        v1.OutcomeAdvanced,
        {"stage": "pilot", "gate": "pilot", "decision": "accepted", "by": "per_ali"},
    ),
    (
        events.OutcomeAdopted(ADOPTED, given.GILGIT, ADOPTED.adopted_on or given.NOW.date(), "per_hussain"),
        v1.OutcomeAdopted,
        {"adopting_site": given.GILGIT, "adopted_on": "2026-05-14", "by": "per_hussain"},
    ),
]


@pytest.mark.parametrize(("happening", "model", "facts"), HAPPENINGS)
def test_each_is_told_with_the_outcome_as_it_then_stands(
    happening: events.OutcomeHappening, model: type[v1.OutcomeEvent], facts: dict[str, object]
) -> None:
    event = published(happening)
    assert type(event) is model
    told = event.model_dump(mode="json")
    outcome: Outcome = happening.outcome
    assert facts.items() <= told.items()
    assert (told["outcome"], told["outcome_type"], told["title"]) == (outcome.id, outcome.type, outcome.title)
    assert told["followers"] == list(outcome.followers)


def test_every_event_of_the_contract_is_told_of_something() -> None:
    assert {model for _, model, _ in HAPPENINGS} == set(v1.EVENTS)


def test_what_nobody_is_told_of_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no event of the contracts tells of int"):
        published(1)
