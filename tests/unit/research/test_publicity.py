"""An outcome is public from when its people say so, for as long as it stands and they do not take it back."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.errors import NotAllowed, StaleVersion
from services.research.application import commands
from services.research.domain.outcome import Outcome
from services.research.domain.publicity import is_told, publish, unpublish
from services.research.domain.publicity_refusals import NotForThePublic
from services.research.domain.refusals import WrongState
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.test_commands import command_of, context, expected, go, standing, view

CONSENT = "Both departments agreed on 3 May; nobody can be known by it."
REASON = "The journal asks for it."


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


@pytest.fixture
def outcome_id(research: ResearchInMemory) -> str:
    """Of one that is reported with details, in its third version."""
    reported = expected(research)
    go(research, reported, 1)
    details = given.IN_FULL["details"]
    command = command_of(commands.CorrectOutcome, reported, 2, details=details, reason="It has appeared.")
    research.correct_outcome(command, context(given.RESPONSIBLE, 2))
    return reported


def published(research: ResearchInMemory, outcome_id: str, who: Any = given.RESPONSIBLE, number: str = "") -> Any:
    command = command_of(commands.PublishOutcome, outcome_id, 3, consent=CONSENT)
    return research.publish_outcome(command, context(who, 3, number))


def test_those_who_may_correct_it_make_it_public_and_take_it_back(research: ResearchInMemory, outcome_id: str) -> None:
    assert {"publish_outcome"} <= set(view(research, outcome_id)["may"])
    assert not view(research, outcome_id)["public"]
    published(research, outcome_id)
    shown = view(research, outcome_id)
    assert (shown["public"], shown["state"], "publish_outcome" in shown["may"]) == (True, "reported", False)
    assert (shown["history"][-1]["what"], shown["history"][-1]["why"]) == ("published", CONSENT)
    command = command_of(commands.UnpublishOutcome, outcome_id, 4, reason=REASON)
    research.unpublish_outcome(command, context(given.COORDINATOR_HERE, 4))
    shown = view(research, outcome_id)
    assert (shown["public"], shown["history"][-1]["what"], shown["history"][-1]["why"]) == (
        False,
        "unpublished",
        REASON,
    )
    assert standing(research, outcome_id).public is False, "and not as if it had never been"


def test_given_again_it_answers_as_the_first_time_and_one_that_saw_less_is_stale(
    research: ResearchInMemory, outcome_id: str
) -> None:
    assert published(research, outcome_id) == published(research, outcome_id)
    with pytest.raises(StaleVersion):
        published(research, outcome_id, number="another")


STRANGER = replace(given.RESPONSIBLE, person="per_stranger")


def test_a_stranger_makes_nothing_public(research: ResearchInMemory, outcome_id: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        published(research, outcome_id, STRANGER)
    assert refused.value.facts["action"] == "publish_outcome"
    assert standing(research, outcome_id).public is None


def test_a_stranger_takes_nothing_back_and_taking_back_twice_is_once(
    research: ResearchInMemory, outcome_id: str
) -> None:
    published(research, outcome_id)
    command = command_of(commands.UnpublishOutcome, outcome_id, 4, reason=REASON)
    with pytest.raises(NotAllowed) as refused:
        research.unpublish_outcome(command, context(STRANGER, 4))
    assert refused.value.facts["action"] == "unpublish_outcome"
    first = research.unpublish_outcome(command, context(given.RESPONSIBLE, 4))
    assert research.unpublish_outcome(command, context(given.RESPONSIBLE, 4)) == first


def reported(**different: Any) -> Outcome:
    return given.at("evaluation", **given.IN_FULL | different)


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (given.outcome(details=given.IN_FULL["details"]), "expected"),
        (replace(given.waived(), details=given.IN_FULL["details"]), "waived"),
        (reported(questioned="Entered twice."), "questioned"),
        (reported(public=True), "public"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_does_not_stand_or_is_public_is_not_made_public(outcome: Outcome, word: str) -> None:
    with pytest.raises(WrongState) as refused:
        publish(outcome, consent=CONSENT)
    assert refused.value.facts == {"state": word, "command": "publish_outcome", "fits": ["reported", "adopted"]}


@pytest.mark.parametrize("outcome", [reported(), reported(public=False)], ids=["never was", "is not any more"])
def test_what_is_not_public_is_not_taken_back(outcome: Outcome) -> None:
    with pytest.raises(WrongState) as refused:
        unpublish(outcome, reason=REASON)
    assert refused.value.facts == {"state": "reported", "command": "unpublish_outcome", "fits": ["public"]}


@pytest.mark.parametrize(
    ("different", "why"),
    [
        ({"details": None}, "NoDetails"),
        ({"type": "skills-and-people", "details": {"kind": "degree", "people": 1, "skill": "Doppler"}}, "OfPeople"),
        ({"type": "intellectual-property", "details": {"kind": "trade-secret", "licensed": "no"}}, "InConfidence"),
        ({"type": "intellectual-property", "details": {"kind": "patent", "licensed": "in-confidence"}}, "InConfidence"),
    ],
)
def test_what_is_not_for_the_public_is_refused_and_not_told_however_it_came_to_be_so(
    different: dict[str, Any], why: str
) -> None:
    with pytest.raises(NotForThePublic) as refused:
        publish(reported(**different), consent=CONSENT)
    assert refused.value.facts == {"why": why}
    assert not is_told(reported(public=True, **different)), "as when it is corrected later"


def test_what_was_taken_back_can_be_made_public_again() -> None:
    assert publish(reported(public=False), consent=CONSENT).state == reported(public=True)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (reported(), False),
        (reported(public=True), True),
        (replace(given.adopted(), public=True, **given.IN_FULL), True),
        (reported(public=False), False),
        (reported(public=True, questioned="Entered twice."), False),
        (reported(public=True, state="withdrawn"), False),
    ],
    ids=["nobody said so", "public", "adopted", "taken back", "questioned", "withdrawn"],
)
def test_it_is_told_while_it_is_public_and_stands(outcome: Outcome, told: bool) -> None:
    assert is_told(outcome) == told
