"""An outcome that nobody expected is entered whole, by whom, for whom, and of what."""

from typing import Any

import pytest

from chassis.kernel.actor import OBSERVER, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from services.research.domain import events
from services.research.domain.attribution_refusals import EnteredInError, NeverTookPlace
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import DetailMissing
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, OF_SESSION, OF_VISIT_1, give, person, session, visit
from tests.unit.research.detailed import TOLD
from tests.unit.research.mistakes import told
from tests.unit.research.test_attributing import consultation_mistaken
from tests.unit.research.test_commands import view

BANO, CHEN = Actor("per_bano", frozenset({VISITOR})), Actor("per_chen", frozenset({OBSERVER}))


@pytest.fixture
def research() -> ResearchInMemory:
    research = ResearchInMemory(StandingClock(given.NOW))
    told(research, visit(), session(), person("per_bano", given.GILGIT), person("per_chen", given.KASHGAR))
    return research


def entering(research: ResearchInMemory, actor: Actor, *came_of: Any, **different: Any) -> Any:
    fields = {"type": "software", "title": "A viewer", "summary": "It shows cysts.", "came_of": list(came_of)}
    return give(research, "enter_outcome", actor, **{**fields, **different})


def made(research: ResearchInMemory) -> Outcome:
    (outcome_id,) = research.fake_outcomes.kept
    return research.fake_outcomes.load(outcome_id).state


def test_what_is_entered_is_reported_at_once_and_stands_whole(research: ResearchInMemory) -> None:
    receipt = entering(research, given.MANAGER, OF_VISIT_1, details=TOLD["software"], doi="doi:10.1000/182")
    outcome = made(research)
    assert (receipt.version, receipt.state, outcome.state, outcome.stage) == (1, "reported", "reported", "disclosure")
    assert (outcome.type, outcome.details, outcome.doi) == ("software", TOLD["software"], "10.1000/182")
    assert (outcome.agreement, outcome.condition, outcome.field) == ("agr_1", "cnd_1", "medical imaging")
    assert (outcome.responsible, outcome.overdue) == (given.MANAGER.person, False)
    assert outcome.followers == ("per_ali", "per_hussain", "per_zhang")
    assert research.fake_outcomes.told == [events.OutcomeReported(outcome, given.MANAGER.person)]
    (line,) = view(research, outcome.id)["history"]
    assert (line["what"], line["why"], line["by"], line["for"]) == ("entered", "vis_1", given.MANAGER.person, None)


def test_the_first_thing_counts_it_and_its_sites_are_those_of_all(research: ResearchInMemory) -> None:
    entering(research, given.COORDINATOR_HERE, OF_SESSION, OF_VISIT_1)
    outcome = made(research)
    assert [each.id for each in outcome.came_of] == ["con_1", "vis_1"]
    assert (outcome.agreement, outcome.condition, outcome.field) == ("agr_2", "cnd_2", "telemedicine")
    assert outcome.sites == (given.KASHGAR, HOTAN, given.GILGIT)


@pytest.mark.parametrize(("actor", "came_of"), [(BANO, OF_VISIT_1), (CHEN, OF_SESSION)])
def test_who_was_there_enters_what_they_brought_about_in_any_role(
    research: ResearchInMemory, actor: Actor, came_of: dict[str, Any]
) -> None:
    entering(research, actor, came_of)
    assert made(research).responsible == actor.person


def test_who_was_not_there_enters_nothing_unless_they_run_the_programme(research: ResearchInMemory) -> None:
    colleague = Actor("per_karim", frozenset({VISITOR}), frozenset({given.GILGIT}))
    with pytest.raises(NotAllowed):
        entering(research, colleague, OF_VISIT_1)
    with pytest.raises(NotAllowed):
        entering(research, colleague, OF_VISIT_1, on_behalf_of="per_bano")
    assert not research.fake_outcomes.kept


def test_who_runs_the_programme_enters_for_somebody_and_the_history_says_for_whom(research: ResearchInMemory) -> None:
    entering(research, given.MANAGER, OF_VISIT_1, on_behalf_of="per_bano")
    (line,) = view(research, made(research).id)["history"]
    assert made(research).responsible == "per_bano"
    assert (line["by"], line["for"], line["for_name"]) == (given.MANAGER.person, "per_bano", "Bano")


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"on_behalf_of": "per_nobody"}, Unknown),
        ({"came_of": [{"visit_id": "vis_9"}]}, NeverTookPlace),
        ({"came_of": []}, InvalidCommand),
        ({"type": "poem"}, InvalidCommand),
        ({"summary": " "}, InvalidCommand),
        ({"details": {"kind": "software"}}, DetailMissing),
    ],
)
def test_what_is_entered_wrongly_is_refused_by_name(
    research: ResearchInMemory, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        entering(research, given.MANAGER, OF_VISIT_1, **different)
    assert not research.fake_outcomes.kept


def test_nothing_comes_of_what_was_entered_in_error(research: ResearchInMemory) -> None:
    told(research, consultation_mistaken())
    with pytest.raises(EnteredInError):
        entering(research, CHEN, OF_SESSION)


def test_entered_again_it_is_one(research: ResearchInMemory) -> None:
    first = entering(research, BANO, OF_VISIT_1)
    assert entering(research, BANO, OF_VISIT_1) == first
    assert len(research.fake_outcomes.kept) == 1


def test_one_that_was_entered_is_questioned_when_what_it_came_of_was_a_mistake(research: ResearchInMemory) -> None:
    entering(research, CHEN, OF_SESSION)
    told(research, consultation_mistaken())
    assert made(research).questioned == "A test."
