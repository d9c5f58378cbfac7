"""A questioned outcome is settled: taken back, or counted by something else that it came of."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed, Refusal
from services.research.domain import events
from services.research.domain.attribution_refusals import EnteredInError, NeverTookPlace, NotQuestioned
from services.research.domain.offers import offered
from services.research.domain.outcome import Outcome
from services.research.domain.settling import withdraw_questioned
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, OF_SESSION, OF_VISIT_1, OF_VISIT_2, give, session, visit
from tests.unit.research.mistakes import told
from tests.unit.research.test_attributing import consultation_mistaken
from tests.unit.research.test_commands import go, view
from tests.unit.research.test_mistaken_visits import fulfilled, mistaken

HERE = given.COORDINATOR_HERE
WHY = "It was the session."


@pytest.fixture
def research() -> ResearchInMemory:
    """Something was reported of a visit, came as far as the pilot, and then the visit had been a mistake."""
    research = ResearchInMemory(StandingClock(given.NOW - timedelta(days=1)))
    told(research, fulfilled(agreement="agr_1", condition="cnd_1"), visit(visit="vis_2"), session())
    go(research, the_id(research), 5)
    wait(research, 200)
    told(research, mistaken())
    return research


def wait(research: ResearchInMemory, days: int) -> None:
    assert isinstance(research.clock, StandingClock)
    research.clock.advance(timedelta(days=days))


def the_id(research: ResearchInMemory) -> str:
    return next(iter(research.fake_outcomes.kept))


def standing(research: ResearchInMemory) -> Outcome:
    return research.fake_outcomes.load(the_id(research)).state


def settling(research: ResearchInMemory, actor: Actor = HERE, **different: Any) -> Receipt:
    version = research.fake_outcomes.load(the_id(research)).version
    return give(research, "settle_outcome", actor, version, outcome_id=the_id(research), reason=WHY, **different)


def test_a_report_that_is_taken_back_is_withdrawn_with_the_reason(research: ResearchInMemory) -> None:
    assert settling(research).state == "withdrawn"
    outcome = standing(research)
    assert (outcome.questioned, view(research, the_id(research))["may"]) == ("", [])
    assert research.fake_outcomes.told[-1] == events.OutcomeWithdrawn(outcome, WHY)
    last = view(research, the_id(research))["history"][-1]
    assert (last["what"], last["why"], last["by"]) == ("withdrawn", WHY, HERE.person)


def test_it_counts_by_something_else_as_far_as_it_has_come(research: ResearchInMemory) -> None:
    before = standing(research)
    assert settling(research, came_of=OF_SESSION).state == "reported"
    outcome = standing(research)
    assert [each.id for each in outcome.came_of] == ["con_1"]
    assert (outcome.agreement, outcome.condition, outcome.field) == ("agr_2", "cnd_2", "telemedicine")
    assert outcome.sites == (given.KASHGAR, HOTAN)
    assert (outcome.stage, outcome.gates, outcome.questioned) == ("pilot", before.gates, "")
    assert outcome.followers == (*before.followers, "per_li")
    assert research.fake_outcomes.told[-1] == events.OutcomeSettled(outcome, WHY, HERE.person, given.NOW)
    assert view(research, the_id(research))["history"][-1]["why"] == f"con_1 {OF_SESSION['slot']}: {WHY}"


def test_a_further_thing_that_it_came_of_may_come_first(research: ResearchInMemory) -> None:
    version = research.fake_outcomes.load(the_id(research)).version
    also = {"outcome_id": the_id(research), "reason": WHY, "add": [OF_SESSION, OF_VISIT_2]}
    give(research, "attribute_outcome", HERE, version, **also)
    settling(research, came_of=OF_VISIT_2)
    assert [each.id for each in standing(research).came_of] == ["vis_2", "con_1"]
    assert standing(research).sites == (given.GILGIT, given.KASHGAR, HOTAN)


def test_what_was_settled_is_questioned_again_when_that_was_a_mistake_too(research: ResearchInMemory) -> None:
    settling(research, came_of=OF_SESSION)
    told(research, mistaken())
    assert standing(research).questioned == ""
    told(research, consultation_mistaken())
    assert standing(research).questioned == "A test."
    assert settling(research, came_of=OF_VISIT_2).state == "reported"


@pytest.mark.parametrize(
    ("came_of", "refusal"), [(OF_VISIT_1, EnteredInError), ({"visit_id": "vis_9"}, NeverTookPlace)]
)
def test_it_is_settled_by_nothing_that_did_not_take_place(
    research: ResearchInMemory, came_of: dict[str, Any], refusal: type[Refusal]
) -> None:
    before = dict(research.fake_outcomes.kept)
    with pytest.raises(refusal):
        settling(research, came_of=came_of)
    assert research.fake_outcomes.kept == before


def test_who_reported_does_not_settle_it(research: ResearchInMemory) -> None:
    with pytest.raises(NotAllowed):
        settling(research, given.RESPONSIBLE)


@pytest.mark.parametrize("came_of", [None, OF_SESSION])
def test_nothing_is_settled_that_is_not_questioned(research: ResearchInMemory, came_of: dict[str, Any] | None) -> None:
    settling(research, came_of=OF_VISIT_2)
    with pytest.raises(NotQuestioned):
        settling(research, came_of=came_of)


def test_one_that_was_merged_into_another_waits_for_nobody() -> None:
    merged = given.at("pilot", questioned="Entered twice.", state="merged", merged_into="out_2")
    with pytest.raises(NotQuestioned):
        withdraw_questioned(merged, reason=WHY)
    assert "settle_outcome" not in offered(merged, HERE)


def test_given_again_it_is_settled_once(research: ResearchInMemory) -> None:
    version = research.fake_outcomes.load(the_id(research)).version
    settled = {"outcome_id": the_id(research), "reason": WHY, "came_of": OF_SESSION}
    assert give(research, "settle_outcome", HERE, version, **settled) == give(
        research, "settle_outcome", HERE, version, **settled
    )
    assert sum(isinstance(each, events.OutcomeSettled) for each in research.fake_outcomes.told) == 1
