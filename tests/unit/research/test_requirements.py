"""What law asks: entered, changed, ended; and which outcomes have it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.research.domain.legal.directions import Direction, Directions, directions_of
from services.research.domain.legal.needs import need_of, needs_of
from services.research.domain.legal.refusals import (
    NoSuchYesOrNo,
    OneEndOnly,
    RequirementEnded,
    RequirementNotOfOutcome,
    RequirementUnchanged,
)
from services.research.domain.legal.requirement import Owner, Requirement
from services.research.domain.legal.requiring import Changes, change, end, require
from services.research.domain.outcome import Outcome
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR

THERE, BACK = Direction(KASHGAR, GILGIT), Direction(GILGIT, KASHGAR)
ABOUT_PEOPLE = {"outcome_types": ("dataset-or-model",), "only_where": "holds_personal_data"}


def asked_of(
    outcome: Outcome, countries: dict[str, str] = given_legal.COUNTRIES, **requirement: Any
) -> tuple[Direction, ...]:
    """The ways by which the outcome has the requirement."""
    needs = needs_of(outcome, [given_legal.requirement(**requirement)], countries)
    return needs[0].directions if needs else ()


def test_a_requirement_is_entered_as_it_is_told() -> None:
    decision = require(given_legal.requirement(**ABOUT_PEOPLE))
    assert decision.state == given_legal.requirement(**ABOUT_PEOPLE)
    assert (decision.what, decision.why, decision.events) == ("required", "Personal Information Law", ())


def test_nothing_goes_from_a_site_to_itself_but_much_within_a_country() -> None:
    with pytest.raises(OneEndOnly) as refused:
        require(given_legal.requirement(from_end=KASHGAR, to_end=KASHGAR))
    assert refused.value.facts == {"site": KASHGAR}
    require(given_legal.requirement(from_end="CN", to_end="CN"))


@pytest.mark.parametrize(
    ("types", "details"),
    [
        ((), ["holds_personal_data", "is_open_source", "provided_to_others"]),
        (("software", "publication"), ["is_open_source"]),
        (("publication",), []),
    ],
)
def test_only_a_yes_or_no_of_its_types_can_say_that_it_does_not_apply(
    types: tuple[str, ...], details: list[str]
) -> None:
    for detail in details:
        require(given_legal.requirement(outcome_types=types, only_where=detail))
    with pytest.raises(NoSuchYesOrNo) as refused:
        require(given_legal.requirement(outcome_types=types, only_where="kind"))
    assert refused.value.facts == {"detail": "kind", "details": details}


def test_what_is_changed_is_named_and_the_rest_stays() -> None:
    changes = Changes(from_gate="pilot", owner=Owner("per_new", GILGIT))
    decision = change(given_legal.requirement(), changes, reason="Agreed in May.")
    assert decision.state == given_legal.requirement(from_gate="pilot", owner=Owner("per_new", GILGIT))
    assert decision.why == "from_gate, owner: Agreed in May."


def test_a_change_that_changes_nothing_or_makes_no_sense_is_refused() -> None:
    with pytest.raises(RequirementUnchanged):
        change(given_legal.requirement(), Changes(from_gate="terms"), reason="Once more.")
    with pytest.raises(NoSuchYesOrNo):
        change(given_legal.requirement(**ABOUT_PEOPLE), Changes(outcome_types=("software",)), reason="Software, too.")


def test_what_was_ended_is_neither_changed_nor_ended_again() -> None:
    ended = end(given_legal.requirement(), reason="The law is repealed.").state
    acts: tuple[Callable[[], object], ...] = (
        lambda: end(ended, reason="Again."),
        lambda: change(ended, Changes(from_gate="pilot"), reason="Late."),
    )
    for act in acts:
        with pytest.raises(RequirementEnded):
            act()
    assert needs_of(given_legal.dataset(), [ended], given_legal.COUNTRIES) == ()


@pytest.mark.parametrize(
    ("ends", "ways"),
    [
        (("CN", "PK"), (THERE,)),
        (("PK", "CN"), (BACK,)),
        ((KASHGAR, GILGIT), (THERE,)),
        ((KASHGAR, "PK"), (THERE,)),
        (("CN", GILGIT), (THERE,)),
        (("CN", "CN"), ()),
        (("CN", "AF"), ()),
        (("sit_hotan", "PK"), ()),
    ],
)
def test_law_asks_about_one_direction_between_countries_or_sites(
    ends: tuple[str, str], ways: tuple[Direction, ...]
) -> None:
    assert asked_of(given_legal.dataset(), from_end=ends[0], to_end=ends[1]) == ways


def test_a_site_whose_country_nobody_has_told_may_be_in_any() -> None:
    assert asked_of(given_legal.dataset(), {GILGIT: "PK"}) == (THERE,)
    assert asked_of(given_legal.dataset(), {}) == (BACK, THERE)
    assert asked_of(given_legal.dataset(), {KASHGAR: "PK"}) == (BACK,)


def test_until_somebody_states_the_directions_everything_may_go_every_way() -> None:
    assert directions_of(given_legal.dataset()) == (BACK, THERE)
    stated = Directions((BACK,), (GILGIT, KASHGAR))
    assert directions_of(given_legal.dataset(directions=stated)) == (BACK,)
    assert asked_of(given_legal.dataset(directions=stated)) == ()
    three = given_legal.dataset(sites=(GILGIT, KASHGAR, "sit_hotan"))
    assert len(directions_of(three)) == 6
    countries = given_legal.COUNTRIES | {"sit_hotan": "CN"}
    assert asked_of(three, countries) == (THERE, Direction("sit_hotan", GILGIT))


def test_what_was_stated_says_nothing_of_a_site_that_came_later_nor_of_one_that_has_gone() -> None:
    stated = Directions((BACK,), (GILGIT, KASHGAR))
    with_hotan = given_legal.dataset(directions=stated, sites=(GILGIT, KASHGAR, "sit_hotan"))
    assert directions_of(with_hotan) == (
        BACK, Direction(GILGIT, "sit_hotan"), Direction(KASHGAR, "sit_hotan"),
        Direction("sit_hotan", GILGIT), Direction("sit_hotan", KASHGAR),
    )  # fmt: skip
    without_kashgar = given_legal.dataset(directions=stated, sites=(GILGIT, "sit_hotan"))
    assert directions_of(without_kashgar) == (Direction(GILGIT, "sit_hotan"), Direction("sit_hotan", GILGIT))


@pytest.mark.parametrize(
    ("outcome_type", "details", "applies"),
    [
        ("dataset-or-model", {"holds_personal_data": True}, True),
        ("dataset-or-model", {"holds_personal_data": False}, False),
        ("dataset-or-model", {}, True),
        ("dataset-or-model", None, True),
        ("publication", None, False),
    ],
)
@pytest.mark.parametrize("types", [("dataset-or-model",), ()], ids=["of its type", "of any"])
def test_it_applies_to_its_types_unless_their_detail_says_no(
    types: tuple[str, ...], outcome_type: str, details: dict[str, bool] | None, applies: bool
) -> None:
    outcome = replace(given.at("pilot"), type=outcome_type, details=details)
    assert bool(asked_of(outcome, outcome_types=types, only_where="holds_personal_data")) == applies


def test_a_type_that_it_does_not_name_is_left_alone() -> None:
    assert asked_of(given.at("pilot"), outcome_types=("software",)) == ()
    assert asked_of(given.at("pilot"), outcome_types=("software", "publication")) == (THERE,)


def test_one_is_looked_up_among_those_that_the_outcome_has() -> None:
    several: list[Requirement] = [given_legal.requirement(id=each) for each in ("req_2", "req_1")]
    needs = needs_of(given_legal.dataset(), several, given_legal.COUNTRIES)
    assert need_of(needs, "req_2").requirement.id == "req_2"
    with pytest.raises(RequirementNotOfOutcome) as refused:
        need_of(needs, "req_3")
    assert refused.value.facts == {"requirement": "req_3"}, "which it has is for those who see it"
