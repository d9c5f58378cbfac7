"""What an outcome came of beside the first thing: said, taken back, and taken off where it was a mistake."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.kernel.actor import COORDINATOR, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationEnteredInError
from services.research.application import queries
from services.research.application.answering import Answering
from services.research.application.ports.outcomes import Sought
from services.research.domain.attributing import MOST_ORIGINS, attribute, take_off
from services.research.domain.attribution_refusals import (
    AttributedAlready,
    AttributedToTooMany,
    EnteredInError,
    FirstOriginStays,
    NeverTookPlace,
    NotAttributed,
)
from services.research.domain.legal.clearing import state_directions
from services.research.domain.legal.directions import Direction, directions_of
from services.research.domain.occurrence import Named
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import WrongState
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.fakes.research_attribution import FakeOccurrences
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, OF_SESSION, OF_VISIT_1, OF_VISIT_2, give, session, visit
from tests.unit.research.mistakes import event_of, tell, told
from tests.unit.research.test_commands import view
from tests.unit.research.test_mistaken_visits import fulfilled, mistaken

HERE = given.COORDINATOR_HERE
REASON = "The readings of that week are in it."


@pytest.fixture
def research() -> ResearchInMemory:
    """An outcome is expected of the first visit; a second visit and a session took place beside it."""
    research = ResearchInMemory(StandingClock(given.NOW))
    told(research, fulfilled(agreement="agr_1"), visit(visit="vis_2"), session())
    return research


@pytest.fixture
def expected(research: ResearchInMemory) -> str:
    (outcome_id,) = research.fake_outcomes.kept
    return outcome_id


def attributing(research: ResearchInMemory, outcome: str, actor: Actor = HERE, version: int = 1, **fields: Any) -> Any:
    return give(research, "attribute_outcome", actor, version, outcome_id=outcome, reason=REASON, **fields)


def standing(research: ResearchInMemory, outcome: str) -> Outcome:
    return research.fake_outcomes.load(outcome).state


def consultation_mistaken(consultation: str = "con_1") -> CloudEvent:
    told = {
        "consultation": consultation,
        "previous_state": "fulfilled",
        "state": "entered-in-error",
        "reason": "A test.",
    }
    return event_of(ConsultationEnteredInError, "consultation", **told)


def test_everything_that_took_place_is_kept_whether_or_not_anything_is_expected_of_it(
    research: ResearchInMemory,
) -> None:
    named = (Named("visit", "vis_2"), Named("consultation", "con_1", datetime(2026, 5, 5, 6, tzinfo=UTC)))
    of_visit, of_session = research.fake_occurrences.of(named).values()
    assert (of_visit.agreement, of_visit.condition, of_visit.year) == ("agr_1", "cnd_1", 2026)
    assert (of_visit.lead, of_visit.people, of_visit.sites) == (
        "per_bano",
        ("per_bano",),
        (given.GILGIT, given.KASHGAR),
    )
    assert (of_session.title, of_session.lead, of_session.people) == (
        "Cyst of the right lobe", "per_chen", ("per_chen", "per_maryam"),
    )  # fmt: skip
    assert of_session.zones == {given.KASHGAR: "Asia/Shanghai", HOTAN: "Asia/Shanghai"}
    assert of_session.followers == ("per_li", "per_zhang")


def test_an_outcome_is_attributed_to_several_things_and_the_first_still_counts_it(
    research: ResearchInMemory, expected: str
) -> None:
    receipt = attributing(research, expected, add=[OF_VISIT_2, OF_SESSION])
    outcome = standing(research, expected)
    assert (receipt.version, receipt.state) == (2, "expected")
    assert [each.id for each in outcome.came_of] == ["vis_1", "vis_2", "con_1"]
    assert (outcome.agreement, outcome.sites) == ("agr_1", (given.GILGIT, given.KASHGAR, HOTAN))
    assert outcome.zones[HOTAN] == "Asia/Shanghai"
    shown = view(research, expected)
    assert shown["also_of"] == [
        {"kind": "visit", "id": "vis_2", "slot": None, "title": "Ultrasound staging"},
        {"kind": "consultation", "id": "con_1", "slot": OF_SESSION["slot"], "title": "Cyst of the right lobe"},
    ]
    assert shown["history"][-1]["why"] == f"+ vis_2, + con_1 {OF_SESSION['slot']}: {REASON}"
    assert len(research.fake_outcomes.told) == 1, "nobody is told but of what was expected"
    asked = queries.AskOutcomes(consultation_id="con_1")
    there = Actor("per_x", frozenset({VISITOR}), frozenset({HOTAN}))
    assert [each["id"] for each in research.outcomes(asked, there)["items"]] == [expected]


def test_what_it_did_not_come_of_after_all_is_taken_back_with_its_sites(
    research: ResearchInMemory, expected: str
) -> None:
    attributing(research, expected, add=[OF_VISIT_2, OF_SESSION])
    attributing(research, expected, version=2, remove=[OF_SESSION])
    outcome = standing(research, expected)
    assert [each.id for each in outcome.came_of] == ["vis_1", "vis_2"]
    assert (outcome.sites, HOTAN in outcome.zones) == ((given.GILGIT, given.KASHGAR), False)


def test_of_a_site_that_left_nothing_is_stated_when_it_comes_back() -> None:
    there = given.visit_of_may(id="vis_2", sites=(HOTAN,), zones={HOTAN: "Asia/Shanghai"})
    of_both = attribute(given.at("disclosure"), (there,), [], reason="Both.").state
    from_gilgit = {Direction(given.GILGIT, each) for each in (HOTAN, given.KASHGAR)}
    stated = state_directions(of_both, from_gilgit, reason="Nothing else.").state
    without = attribute(stated, (), [there.named], reason="Not of this.").state
    assert set(directions_of(without)) == {Direction(given.GILGIT, given.KASHGAR)}
    again = attribute(without, (there,), [], reason="Of this, too.").state
    assert set(directions_of(again)) == from_gilgit | {Direction(HOTAN, each) for each in without.sites} | {
        Direction(given.KASHGAR, HOTAN)
    }


def test_the_site_that_uses_it_stays_one_of_its_sites() -> None:
    adopted = replace(given.adopted(), also_of=(replace(given.OF_CONSULTATION, sites=(HOTAN,)),))
    use = replace(given.USED, site=HOTAN)
    adopted = replace(adopted, adoptions=(use,), zones={**adopted.zones, HOTAN: "Asia/Shanghai"})
    (session_of,) = adopted.also_of
    left = attribute(adopted, (), [Named(session_of.kind, session_of.id, session_of.slot)], reason=REASON).state
    assert left.sites == (given.GILGIT, given.KASHGAR, HOTAN)


@pytest.mark.parametrize(
    ("fields", "refusal", "facts"),
    [
        ({"add": [{"visit_id": "vis_9"}]}, NeverTookPlace, {"kind": "visit", "id": "vis_9", "slot": None}),
        ({"add": [OF_SESSION | {"slot": "2026-05-06T06:00:00Z"}]}, NeverTookPlace, {"id": "con_1"}),
        ({"add": [OF_VISIT_1]}, AttributedAlready, {"id": "vis_1"}),
        ({"add": [OF_VISIT_2, OF_VISIT_2]}, AttributedAlready, {"id": "vis_2"}),
        ({"remove": [OF_VISIT_2]}, NotAttributed, {"id": "vis_2"}),
        ({"remove": [OF_VISIT_1]}, FirstOriginStays, {"id": "vis_1"}),
    ],
)
def test_what_cannot_be_attributed_is_refused_by_name(
    research: ResearchInMemory, expected: str, fields: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    before = dict(research.fake_outcomes.kept)
    with pytest.raises(refusal) as refused:
        attributing(research, expected, **fields)
    assert facts.items() <= refused.value.facts.items()
    assert research.fake_outcomes.kept == before


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"add": [{}]},
        {"add": [OF_VISIT_1 | OF_SESSION]},
        {"add": [{"consultation_id": "con_1"}]},
        {"add": [OF_VISIT_1 | {"slot": OF_SESSION["slot"]}]},
        {"add": [OF_VISIT_1] * 51},
    ],
)
def test_what_names_nothing_or_more_than_one_thing_is_refused(
    research: ResearchInMemory, expected: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidCommand):
        attributing(research, expected, **fields)


def test_no_outcome_comes_of_ever_more(research: ResearchInMemory) -> None:
    things = tuple(given.visit_of_may(id=f"vis_{number}") for number in range(2, MOST_ORIGINS + 2))
    assert len(attribute(given.outcome(), things[:-1], (), reason=REASON).state.came_of) == MOST_ORIGINS
    with pytest.raises(AttributedToTooMany):
        attribute(given.outcome(), things, (), reason=REASON)


@pytest.mark.parametrize("outcome", [given.unclaimed(), given.waived(), given.outcome(state="withdrawn")])
def test_only_what_is_awaited_or_reported_is_attributed(outcome: Outcome) -> None:
    with pytest.raises(WrongState):
        attribute(outcome, (given.visit_of_may(id="vis_2"),), (), reason=REASON)


def test_one_attributes_to_what_one_knows_of_alone(research: ResearchInMemory, expected: str) -> None:
    responsible = Actor("per_bano", frozenset({VISITOR}))
    with pytest.raises(NeverTookPlace):
        attributing(research, expected, given.COORDINATOR_THERE, add=[OF_SESSION])
    attributing(research, expected, responsible, add=[OF_VISIT_2])
    told(research, session(consultation="con_2", attended=["per_bano"]), session(consultation="con_3"))
    told(research, session(consultation="con_4", agreement="agr_1"))
    for number, consultation in ((2, "con_2"), (3, "con_4")):
        attributing(research, expected, responsible, number, add=[OF_SESSION | {"consultation_id": consultation}])
    with pytest.raises(NeverTookPlace):
        attributing(research, expected, responsible, 4, add=[OF_SESSION | {"consultation_id": "con_3"}])


def test_who_does_not_answer_for_it_attributes_nothing(research: ResearchInMemory, expected: str) -> None:
    elsewhere = Actor("per_x", frozenset({COORDINATOR}), frozenset({HOTAN}))
    for actor in (elsewhere, Actor("per_x", frozenset({VISITOR}), frozenset({given.KASHGAR}))):
        with pytest.raises(NotAllowed):
            attributing(research, expected, actor, add=[OF_VISIT_2])


def test_nothing_is_attributed_to_a_mistake(research: ResearchInMemory, expected: str) -> None:
    told(research, consultation_mistaken())
    with pytest.raises(EnteredInError) as refused:
        attributing(research, expected, add=[OF_SESSION])
    assert refused.value.facts["reason"] == "A test."


@pytest.mark.parametrize("order", sorted(set(permutations(("session", "mistake") * 2))))
def test_a_mistake_is_known_in_whatever_order_it_is_told(order: Sequence[str]) -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    both = {"session": session(), "mistake": consultation_mistaken()}
    told(research, fulfilled(), *(both[each] for each in order))
    (expected,) = research.fake_outcomes.kept
    with pytest.raises(EnteredInError):
        attributing(research, expected, add=[OF_SESSION])


def test_what_else_it_came_of_is_taken_off_when_that_was_a_mistake_and_the_first_stays(
    research: ResearchInMemory, expected: str
) -> None:
    attributing(research, expected, add=[OF_VISIT_2, OF_SESSION])
    for _ in range(2):
        told(research, consultation_mistaken())
    outcome = standing(research, expected)
    assert (outcome.state, [each.id for each in outcome.came_of]) == ("expected", ["vis_1", "vis_2"])
    last = view(research, expected)["history"][-1]
    assert (last["what"], last["why"], last["version"]) == ("attributed", f"- con_1 {OF_SESSION['slot']}: A test.", 3)


def test_when_the_first_was_a_mistake_it_is_withdrawn_as_ever(research: ResearchInMemory, expected: str) -> None:
    attributing(research, expected, add=[OF_VISIT_2])
    told(research, mistaken())
    assert standing(research, expected).state == "withdrawn"
    assert [each.id for each in standing(research, expected).came_of] == ["vis_1", "vis_2"]


def test_where_both_are_one_mistake_what_else_is_taken_off_first() -> None:
    of_both = given.outcome(origin=given.OF_CONSULTATION, also_of=(replace(given.OF_CONSULTATION, slot=given.NOW),))
    decision = take_off(of_both, {"con_1": "A test."})
    assert decision
    assert decision.state.came_of == (given.OF_CONSULTATION,)
    assert take_off(decision.state, {"con_1": "A test."}) is None


def test_every_outcome_of_a_mistake_is_reached_however_many(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["services.research.application.reactions.withdraw_outcome"], "AT_ONCE", 1)
    told(research, *(visit(visit=f"vis_{number}", expected_outcome=VISIT_EXPECTS) for number in (5, 6, 7)))
    found = research.fake_outcomes.page(HERE, Sought(), after=None, limit=9)
    for each in found:
        attributing(research, each.id, add=[OF_SESSION])
    told(research, consultation_mistaken())
    assert len(found) == 4
    assert [standing(research, each.id).also_of for each in found] == [()] * 4


VISIT_EXPECTS = {"type": "publication", "due_on": "2026-08-13"}


def told_while_it_is_saved(research: ResearchInMemory, patch: pytest.MonkeyPatch, mistake: CloudEvent) -> None:
    """The mistake is told once the command has looked at what took place, and before it writes."""
    known, not_yet = Answering.known, iter([mistake])

    def told_then(self: Answering, *what: Any, **more: Any) -> Any:
        found = known(self, *what, **more)
        for event in not_yet:
            tell(research, event)
        return found

    patch.setattr(Answering, "known", told_then)


def test_a_mistake_that_is_told_while_somebody_attributes_is_not_missed(
    research: ResearchInMemory, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_while_it_is_saved(research, monkeypatch, consultation_mistaken())
    with pytest.raises(EnteredInError):
        attributing(research, expected, add=[OF_SESSION])
    assert standing(research, expected).also_of == ()


def test_without_its_guard_it_is_missed(
    research: ResearchInMemory, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeOccurrences, "rely_on", lambda *_: None)
    told_while_it_is_saved(research, monkeypatch, consultation_mistaken())
    attributing(research, expected, add=[OF_SESSION])
    assert len(standing(research, expected).also_of) == 1


def test_a_command_that_is_given_again_answers_as_the_first_time(research: ResearchInMemory, expected: str) -> None:
    first = attributing(research, expected, add=[OF_VISIT_2])
    assert attributing(research, expected, add=[OF_VISIT_2]) == first
    assert research.fake_outcomes.load(expected).version == 2
