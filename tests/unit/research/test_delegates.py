"""Somebody answers for somebody else: named by whom, for which sites, until when; and what they then do."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, StaleVersion, Unknown
from services.research.application import queries
from services.research.application.queries.views import View
from services.research.domain.delegation_refusals import (
    DelegateOfOneself,
    DelegationTooLong,
    DelegationTooShort,
    NotTheirSite,
)
from services.research.domain.refusals import WrongState
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import (
    HOTAN,
    OF_SESSION,
    OF_VISIT_1,
    OF_VISIT_2,
    give,
    person,
    session,
    visit,
)
from tests.unit.research.mistakes import told
from tests.unit.research.test_claiming import claiming, read_for_bano, rejecting
from tests.unit.research.test_commands import view
from tests.unit.research.test_mistaken_visits import fulfilled

BANO, KARIM = (Actor(each, frozenset({VISITOR}), frozenset({given.GILGIT})) for each in ("per_bano", "per_karim"))
UNTIL = "2026-05-20"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(given.NOW)


@pytest.fixture
def research(clock: StandingClock) -> ResearchInMemory:
    """Bano owes a report; Karim works with her."""
    research = ResearchInMemory(clock)
    told(research, fulfilled(agreement="agr_1"), visit(visit="vis_2"))
    told(research, person("per_bano", given.GILGIT, given.KASHGAR), person("per_karim", given.GILGIT))
    told(research, person("per_li", HOTAN))
    return research


def naming(research: ResearchInMemory, actor: Actor = BANO, **different: Any) -> Receipt:
    fields = {"person_id": "per_bano", "delegate_id": "per_karim", "until": UNTIL}
    return give(research, "name_delegate", actor, **{**fields, **different})


def reporting(research: ResearchInMemory, actor: Actor = KARIM, version: int = 1) -> Receipt:
    told = {"title": "A protocol", "summary": "How to stage."}
    return give(research, "report_outcome", actor, version, outcome_id=expected(research), **told)


def expected(research: ResearchInMemory) -> str:
    return next(iter(research.fake_outcomes.kept))


def listed(research: ResearchInMemory, actor: Actor, person_id: str | None = None) -> list[View]:
    items: list[View] = research.delegates(queries.AskDelegates(person_id=person_id), actor)["items"]
    return items


def test_a_delegate_reports_and_the_history_says_who_and_for_whom(research: ResearchInMemory) -> None:
    with pytest.raises(NotAllowed):
        reporting(research)
    naming(research)
    assert "report_outcome" in view(research, expected(research), KARIM)["may"]
    reporting(research)
    last = view(research, expected(research))["history"][-1]
    assert (last["what"], last["by"], last["by_name"], last["for"], last["for_name"]) == (
        "reported", "per_karim", "Karim", "per_bano", "Bano",
    )  # fmt: skip
    assert research.fake_outcomes.load(expected(research)).state.responsible == "per_bano"


def test_a_delegate_does_all_that_the_person_may(research: ResearchInMemory) -> None:
    naming(research)
    reporting(research)
    outcome = {"outcome_id": expected(research), "reason": "A slip."}
    give(research, "correct_outcome", KARIM, 2, **outcome, title="A common protocol")
    give(research, "attribute_outcome", KARIM, 3, **outcome, add=[OF_VISIT_2])
    entered: dict[str, Any] = {"type": "software", "title": "A viewer", "summary": "It shows.", "came_of": [OF_VISIT_1]}
    made = give(research, "enter_outcome", KARIM, **entered, on_behalf_of="per_bano")
    lines = [*view(research, outcome["outcome_id"])["history"][1:], *view(research, made.id)["history"]]
    assert [(line["what"], line["by"], line["for"]) for line in lines] == [
        (what, "per_karim", "per_bano") for what in ("reported", "corrected", "attributed", "entered")
    ]
    assert research.fake_outcomes.load(made.id).state.responsible == "per_bano"


def test_a_delegate_neither_makes_public_nor_merges_what_the_person_may(research: ResearchInMemory) -> None:
    read_for_bano(research)
    naming(research)
    reporting(research)
    outcome_id, details = expected(research), given.IN_FULL["details"]
    give(research, "correct_outcome", KARIM, 2, outcome_id=outcome_id, reason="It has appeared.", details=details)
    acts: dict[str, dict[str, Any]] = {
        "publish_outcome": {"outcome_id": outcome_id, "consent": "All authors."},
        "unpublish_outcome": {"outcome_id": outcome_id, "reason": "The journal asks for it."},
        "merge_outcomes": {"keep": outcome_id, "merge": "out_1", "merge_version": 1, "reason": "They are one."},
    }
    for version, (name, fields) in enumerate(acts.items(), start=3):
        assert name not in view(research, outcome_id, KARIM)["may"]
        with pytest.raises(NotAllowed) as refused:
            give(research, name, KARIM, version, **fields)
        assert refused.value.facts["action"] == name
        assert name in view(research, outcome_id, BANO)["may"]
        give(research, name, BANO, version, **fields)


def test_a_delegate_claims_and_rejects(research: ResearchInMemory) -> None:
    read_for_bano(research)
    naming(research)
    rejecting(research, KARIM)
    claiming(research, KARIM, 2, came_of=[OF_VISIT_2])
    lines = view(research, "out_1")["history"][1:]
    assert [(line["what"], line["for"]) for line in lines] == [("rejected", "per_bano"), ("claimed", "per_bano")]


def test_one_who_expired_does_nothing(research: ResearchInMemory, clock: StandingClock) -> None:
    naming(research)
    clock.moment = given.NOW.replace(day=20, hour=23)
    assert listed(research, BANO)[0]["stands"]
    clock.advance(timedelta(hours=1))
    assert not listed(research, BANO)[0]["stands"]
    with pytest.raises(NotAllowed):
        reporting(research)


def test_one_who_was_ended_does_nothing_until_named_again(research: ResearchInMemory) -> None:
    named = naming(research)
    ended = give(research, "end_delegate", BANO, 1, delegation_id=named.id, reason="I am back.")
    assert (ended.version, ended.state) == (2, "ended")
    with pytest.raises(NotAllowed):
        reporting(research)
    with pytest.raises(WrongState):
        give(research, "end_delegate", BANO, 2, delegation_id=named.id, reason="Again.")
    again = naming(research, until="2026-06-01")
    assert (again.id, again.version, again.state) == (named.id, 3, "named")
    reporting(research)


@pytest.mark.parametrize(("site", "covers"), [(given.GILGIT, True), (HOTAN, False)])
def test_one_who_is_named_for_sites_answers_for_outcomes_of_those(
    research: ResearchInMemory, site: str, covers: bool
) -> None:
    for each in ("per_bano", "per_karim"):
        told(research, person(each, given.GILGIT, HOTAN, version=2))
    naming(research, sites=[site])
    if covers:
        reporting(research)
        return
    with pytest.raises(NotAllowed):
        reporting(research)


@pytest.mark.parametrize(
    ("different", "refusal", "facts"),
    [
        ({"delegate_id": "per_bano"}, DelegateOfOneself, {"person": "per_bano"}),
        ({"delegate_id": "per_nobody"}, Unknown, {"kind": "person", "id": "per_nobody"}),
        ({"delegate_id": "per_li"}, NotTheirSite, {"sites": [], "shared": []}),
        ({"sites": [given.KASHGAR]}, NotTheirSite, {"sites": [given.KASHGAR], "shared": [given.GILGIT]}),
        ({"until": "2026-05-14"}, DelegationTooShort, {"until": "2026-05-14", "today": "2026-05-15"}),
        ({"until": "2027-05-17"}, DelegationTooLong, {"until": "2027-05-17", "latest": "2027-05-16"}),
        ({"until": ""}, InvalidCommand, {}),
    ],
)
def test_who_cannot_be_named_is_refused_by_name(
    research: ResearchInMemory, different: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        naming(research, **different)
    assert facts.items() <= refused.value.facts.items()
    assert not research.fake_delegations.kept


def test_who_runs_the_programme_names_and_ends_delegates_of_their_people(research: ResearchInMemory) -> None:
    elsewhere = Actor("per_x", frozenset({COORDINATOR}), frozenset({HOTAN}))
    for stranger in (elsewhere, KARIM, Actor("per_x", frozenset({ADMINISTRATOR}))):
        with pytest.raises(NotAllowed):
            naming(research, stranger)
    told(research, person("per_new"))
    with pytest.raises(NotAllowed):
        naming(research, given.COORDINATOR_THERE, person_id="per_new")
    named = naming(research, given.COORDINATOR_THERE, sites=[given.GILGIT])
    with pytest.raises(NotAllowed):
        give(research, "end_delegate", elsewhere, 1, delegation_id=named.id, reason="No.")
    assert give(research, "end_delegate", KARIM, 1, delegation_id=named.id, reason="I moved.").state == "ended"


@pytest.mark.parametrize("sites", [(), (given.KASHGAR,), (given.GILGIT, given.KASHGAR)])
def test_nobody_names_a_delegate_of_others_for_sites_that_they_do_not_run(
    research: ResearchInMemory, sites: tuple[str, ...]
) -> None:
    told(research, person("per_karim", given.GILGIT, given.KASHGAR, version=2))
    with pytest.raises(NotAllowed):
        naming(research, given.COORDINATOR_THERE, sites=sites)
    of_both = Actor("per_x", frozenset({COORDINATOR}), frozenset({given.GILGIT, given.KASHGAR}))
    naming(research, of_both, sites=sites)


def test_a_delegate_answers_for_nothing_of_hospitals_that_they_are_not_of(research: ResearchInMemory) -> None:
    naming(research)
    moved = Actor(KARIM.person, KARIM.roles, frozenset({HOTAN}))
    entering: dict[str, Any] = {
        "type": "software",
        "title": "A viewer",
        "summary": "It shows.",
        "on_behalf_of": "per_bano",
    }
    with pytest.raises(NotAllowed):
        reporting(research, moved)
    told(research, session(attended=["per_bano", "per_karim"]))
    with pytest.raises(NotAllowed):
        give(research, "enter_outcome", KARIM, **entering, came_of=[OF_SESSION])
    give(research, "enter_outcome", moved, **entering, came_of=[OF_SESSION])


def test_each_sees_who_answers_for_them_and_for_whom_they_answer(research: ResearchInMemory) -> None:
    named = naming(research)
    shown = {
        "id": named.id, "version": 1, "state": "named", "person": "per_bano", "person_name": "Bano",
        "delegate": "per_karim", "delegate_name": "Karim", "sites": [], "until": UNTIL, "stands": True,
    }  # fmt: skip
    assert listed(research, BANO) == listed(research, KARIM) == [shown]
    assert listed(research, given.MANAGER, "per_bano") == [shown]
    assert listed(research, Actor("per_x", frozenset({ADMINISTRATOR})), "per_karim") == [shown]
    for stranger in (KARIM, Actor("per_x", frozenset({COORDINATOR}), frozenset({HOTAN}))):
        with pytest.raises(Unknown):
            listed(research, stranger, "per_bano")


def test_named_again_by_the_same_command_is_named_once_and_an_older_end_is_stale(research: ResearchInMemory) -> None:
    assert naming(research) == naming(research)
    named = naming(research, until="2026-05-30")
    assert named.version == 2
    with pytest.raises(StaleVersion):
        give(research, "end_delegate", BANO, 1, delegation_id=named.id, reason="I am back.")
