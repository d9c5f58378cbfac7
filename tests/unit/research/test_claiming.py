"""A record that was read from a file: claimed, rejected, and claimed after all."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal
from chassis.kernel.ids import derived
from services.research.adapters.published_events import published
from services.research.application import queries
from services.research.domain import events
from services.research.domain.attribution_refusals import NeverTookPlace
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import DetailMissing, DetailNotOfType, InvalidDoi, WrongState
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, OF_SESSION, OF_VISIT_1, give, session, visit
from tests.unit.research.detailed import TOLD
from tests.unit.research.mistakes import told
from tests.unit.research.test_commands import view

BANO = Actor("per_bano", frozenset({VISITOR}))
MISSING = {"kind": "journal-article"}
OF_VISIT_3 = {"visit_id": "vis_3"}


@pytest.fixture
def research() -> ResearchInMemory:
    """A record waits for Bano, whose visit took place."""
    research = ResearchInMemory(StandingClock(given.NOW))
    told(research, visit(), session())
    read_for_bano(research)
    return research


def read_for_bano(research: ResearchInMemory) -> None:
    imported = Decision(given.unclaimed(summary="As the journal has it."), what="imported", why="bano2026")
    research.fake_outcomes.add("out_1", imported, Context(derived("import"), SYSTEM, given.NOW))


def claiming(research: ResearchInMemory, actor: Actor = BANO, version: int = 1, **different: Any) -> Any:
    fields = {"outcome_id": "out_1", "came_of": [OF_VISIT_1], "details": MISSING}
    return give(research, "claim_outcome", actor, version, **{**fields, **different})


def rejecting(research: ResearchInMemory, actor: Actor = BANO, version: int = 1) -> Any:
    return give(research, "reject_outcome", actor, version, outcome_id="out_1", reason="It is of another project.")


def standing(research: ResearchInMemory) -> Outcome:
    return research.fake_outcomes.load("out_1").state


def test_a_claimed_record_is_reported_with_what_was_missing_and_as_it_was_beside_that(
    research: ResearchInMemory,
) -> None:
    before = standing(research)
    assert claiming(research).state == "reported"
    outcome = standing(research)
    assert (outcome.stage, outcome.details) == ("disclosure", {**MISSING, **(before.details or {})})
    assert (outcome.agreement, outcome.condition, outcome.field) == ("agr_1", "cnd_1", "medical imaging")
    assert (outcome.sites, outcome.responsible) == ((given.GILGIT, given.KASHGAR), "per_bano")
    assert (outcome.title, outcome.summary, outcome.label, outcome.also) == (
        before.title, before.summary, before.label, before.also,
    )  # fmt: skip
    assert research.fake_outcomes.told == [events.OutcomeReported(outcome, "per_bano")]
    last = view(research, "out_1")["history"][-1]
    assert (last["what"], last["why"]) == ("claimed", "vis_1")


def test_who_was_not_there_when_it_began_claims_no_more_than_they_may_enter(research: ResearchInMemory) -> None:
    told(research, visit(visit="vis_3", leader="per_karim", visitors=["per_karim"]))
    of_gilgit = replace(BANO, sites=frozenset({given.GILGIT}))
    entering = {"type": "software", "title": "A viewer", "summary": "It shows."}
    for came_of in ([OF_VISIT_3], [OF_VISIT_3, OF_VISIT_1]):
        with pytest.raises(NotAllowed):
            claiming(research, of_gilgit, came_of=came_of)
        with pytest.raises(NotAllowed):
            give(research, "enter_outcome", of_gilgit, None, **entering, came_of=came_of)
    claiming(research, of_gilgit, came_of=[OF_VISIT_1, OF_VISIT_3])


def test_what_the_file_said_wrongly_is_said_otherwise_in_the_claim(research: ResearchInMemory) -> None:
    claiming(research, title="Another", summary="A word.", doi="10.1000/182", details={**MISSING, "year": 2025})
    outcome = standing(research)
    assert (outcome.title, outcome.summary, outcome.doi) == ("Another", "A word.", "10.1000/182")
    assert (outcome.details or {})["year"] == 2025
    assert (outcome.details or {})["published_in"] == "Acta Tropica"


def test_it_may_turn_out_to_be_of_another_type_and_then_says_what_that_asks_for(research: ResearchInMemory) -> None:
    with pytest.raises(DetailNotOfType):
        claiming(research, type="dataset-or-model", details={**TOLD["dataset-or-model"], "published_in": "x"})
    claiming(research, type="dataset-or-model", details=TOLD["dataset-or-model"])
    assert (standing(research).type, standing(research).details) == ("dataset-or-model", TOLD["dataset-or-model"])


def test_of_another_type_it_may_say_nothing_yet(research: ResearchInMemory) -> None:
    claiming(research, type="dataset-or-model", details=None)
    assert standing(research).details is None


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"details": None}, DetailMissing),
        ({"doi": "10.1/x"}, InvalidDoi),
        ({"came_of": [OF_SESSION]}, NeverTookPlace),
    ],
)
def test_a_claim_that_is_not_right_leaves_the_record_as_it_was(
    research: ResearchInMemory, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    before = dict(research.fake_outcomes.kept)
    with pytest.raises(refusal):
        claiming(research, **different)
    assert research.fake_outcomes.kept == before


def test_one_that_is_rejected_says_why_and_nobody_is_told(research: ResearchInMemory) -> None:
    rejecting(research)
    assert (standing(research).state, research.fake_outcomes.told) == ("rejected", [])
    assert view(research, "out_1")["history"][-1]["why"] == "It is of another project."
    with pytest.raises(WrongState):
        rejecting(research, version=2)


def test_one_that_was_rejected_is_claimed_after_all(research: ResearchInMemory) -> None:
    rejecting(research)
    assert claiming(research, version=2).state == "reported"
    for again in (claiming, rejecting):
        with pytest.raises(WrongState):
            again(research, version=3)


def test_an_expected_outcome_is_neither_claimed_nor_rejected(research: ResearchInMemory) -> None:
    expected = Decision(given.outcome(id="out_2"), what="expected")
    research.fake_outcomes.add("out_2", expected, Context(derived("expect"), SYSTEM, given.NOW))
    with pytest.raises(WrongState):
        give(research, "reject_outcome", BANO, 1, outcome_id="out_2", reason="No.")
    with pytest.raises(WrongState):
        claiming(research, outcome_id="out_2")


def test_those_claim_who_answer_for_it_and_those_who_run_the_programme_where_it_was_read(
    research: ResearchInMemory,
) -> None:
    for stranger in (given.COORDINATOR_HERE, Actor("per_x", frozenset({VISITOR}), frozenset({given.GILGIT}))):
        for act in (claiming, rejecting):
            with pytest.raises(NotAllowed):
                act(research, stranger)
    assert claiming(research, given.COORDINATOR_THERE).state == "reported"
    assert standing(research).responsible == "per_bano"


def test_everybody_has_a_list_of_what_waits_for_their_claim(research: ResearchInMemory) -> None:
    def waits(actor: Actor, **asked: Any) -> list[str]:
        question = queries.AskOutcomes(state="unclaimed", **asked)
        return [each["id"] for each in research.outcomes(question, actor)["items"]]

    assert waits(BANO, responsible="per_bano") == waits(given.MANAGER) == ["out_1"]
    assert waits(Actor("per_x", frozenset({VISITOR}), frozenset({HOTAN}))) == []
    claiming(research)
    assert waits(BANO, responsible="per_bano") == []


def test_of_all_outcomes_one_asks_for_a_state_a_stage_or_a_type_alone() -> None:
    for asked in ({"state": "unclaimed", "type": "software"}, {"stage": "pilot", "state": "reported"}):
        with pytest.raises(InvalidCommand):
            parsed(queries.AskOutcomes, asked)
        assert parsed(queries.AskOutcomes, asked | {"responsible": "per_bano"})


def test_a_record_is_shown_with_all_that_its_file_said_and_came_of_nothing(research: ResearchInMemory) -> None:
    shown = view(research, "out_1")
    assert (shown["state"], shown["origin"], shown["also_of"]) == ("unclaimed", None, [])
    assert (shown["label"], shown["also"]) == ("bano2026", {"bibtex:note": "x"})


def test_a_claim_that_is_given_again_answers_as_the_first_time(research: ResearchInMemory) -> None:
    assert claiming(research) == claiming(research)
    assert len(research.fake_outcomes.told) == 1


def test_nothing_that_counts_comes_of_a_record_before_its_claim() -> None:
    """An event needs an origin: that none is told of a record is not left to chance."""
    with pytest.raises(ValueError, match="not enough values"):
        published(events.OutcomeReported(replace(given.unclaimed(), state="reported"), "per_bano"))
