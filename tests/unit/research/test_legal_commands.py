"""What law asks, from the entry of a requirement to the gate that asks for it, on documents in memory."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from services.research.application import queries
from services.research.application.commands import legal
from services.research.domain.legal import events
from services.research.domain.legal.refusals import (
    ClearanceExpired,
    ClearanceMissing,
    ClearedByTrack,
    RequirementNotOfOutcome,
)
from services.research.domain.waiting import due
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR
from tests.unit.research.given_desk import ADMIN, APPROVAL, REQUIREMENT, TRACK, Desk
from tests.unit.research.given_legal import GULNAR, OWNING
from tests.who_may import Matrix, cells, must_be_allowed_there_alone

LICENCE = {"kind": "licence", "outcome_ids": ["out_2"]}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def asking(desk: Desk, actor: Actor, **fields: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.research.requirements(parsed(queries.AskRequirements, fields), actor)["items"]
    return items


def test_a_gate_that_asks_for_what_nobody_cleared_lets_nothing_through(desk: Desk) -> None:
    requirement = desk.require()
    for decision in ("accepted", "not-applicable"):
        with pytest.raises(ClearanceMissing) as refused:
            desk.decide(decision=decision, reason="It is ready.")
        assert refused.value.facts == {
            "gate": "terms", "requirement": requirement, "kind": "data-export", "from_end": "CN", "to_end": "PK",
            "owner": {"person": "per_meng", "site": KASHGAR},
        }  # fmt: skip
    assert desk.outcome.stage == "protection"
    desk.decide(decision="declined", reason="Not yet.")
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL)
    desk.decide()
    assert desk.outcome.stage == "terms"


def test_what_has_expired_on_the_day_of_the_decision_lets_nothing_through_and_rolls_nothing_back(desk: Desk) -> None:
    requirement = desk.require()
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL)
    desk.decide()
    desk.days_pass(231)
    assert (desk.cleared()["state"], desk.outcome.stage) == ("expired", "terms")
    with pytest.raises(ClearanceExpired) as refused:
        desk.decide("pilot")
    assert (refused.value.facts["expired_on"], refused.value.facts["gate"]) == ("2026-12-31", "pilot")
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL | {"expires_on": "2027-12-31"})
    desk.decide("pilot")
    assert desk.cleared()["state"] == "in-force"


def test_a_requirement_that_does_not_apply_is_waived_with_a_reason(desk: Desk) -> None:
    requirement = desk.require()
    desk.about(OWNING, "waive_clearance", requirement_id=requirement, reason="Images of animals.")
    assert desk.cleared()["state"] == "waived"
    assert desk.cleared()["waived"] == {"reason": "Images of animals.", "by": "per_meng", "by_name": None}
    desk.decide()
    desk.about(OWNING, "revoke_clearance", requirement_id=requirement, reason="There are some of people.")
    with pytest.raises(ClearanceMissing):
        desk.decide("pilot")


def test_a_changed_requirement_is_asked_for_as_it_now_stands_and_an_ended_one_not_at_all(desk: Desk) -> None:
    requirement = desk.require()
    later = {"requirement_id": requirement, "reason": "Agreed."}
    desk.give(GULNAR, "change_requirement", expected_version=1, from_gate="pilot", **later)
    desk.decide()
    with pytest.raises(ClearanceMissing):
        desk.decide("pilot")
    desk.give(GULNAR, "end_requirement", expected_version=2, **later)
    desk.decide("pilot")
    assert desk.shown()["clearances"] == []


def test_what_goes_one_way_is_not_asked_about_the_other(desk: Desk) -> None:
    desk.require(from_end="PK", to_end="CN")
    with pytest.raises(ClearanceMissing):
        desk.decide()
    ways = [{"from_site": KASHGAR, "to_site": GILGIT}]
    desk.about(given.MANAGER, "state_directions", directions=ways, reason="Gilgit sends nothing.")
    assert desk.shown()["directions"] == ways
    desk.decide()


def test_an_agreement_that_both_signed_clears_and_its_end_is_seen(desk: Desk) -> None:
    requirement = desk.require(kind="material-transfer")
    with pytest.raises(ClearedByTrack):
        desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL)
    with pytest.raises(ClearanceMissing):
        desk.decide()
    track = desk.agree()
    assert (desk.cleared()["state"], desk.cleared()["tracks"]) == ("in-force", [track])
    desk.decide()
    desk.step(GULNAR, "end_track", track, reason="Bought elsewhere.")
    assert desk.cleared()["state"] == "missing"
    with pytest.raises(ClearanceMissing):
        desk.decide("pilot")


def test_an_approval_is_for_a_requirement_that_the_outcome_has(desk: Desk) -> None:
    desk.require()
    other = desk.require(outcome_types=["software"])
    with pytest.raises(RequirementNotOfOutcome):
        desk.about(OWNING, "record_clearance", requirement_id=other, **APPROVAL)
    with pytest.raises(Unknown):
        desk.about(OWNING, "record_clearance", requirement_id="req_nowhere", **APPROVAL)


def test_its_days_are_those_of_its_owners_site(desk: Desk) -> None:
    requirement = desk.require()
    in_gilgit = {"owner": {"person_id": "per_hussain", "site_id": GILGIT}}
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL | in_gilgit)
    assert (desk.outcome.clearances[0].zone, desk.cleared()["owner"]["person"]) == ("Asia/Karachi", "per_hussain")
    elsewhere = {"owner": {"person_id": "per_li", "site_id": "sit_commission"}}
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL | elsewhere)
    assert desk.outcome.clearances[1].zone == "Etc/UTC"


def test_the_timer_tells_of_what_is_asked_for_and_of_nothing_else(desk: Desk) -> None:
    requirement = desk.require()
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL)
    desk.days_pass(205)
    desk.days_pass(1)
    told = [each for each in desk.research.fake_outcomes.told if isinstance(each, events.ClearanceExpiring)]
    assert [each.clearance.owner.person for each in told] == ["per_meng"]
    desk.give(GULNAR, "end_requirement", expected_version=1, requirement_id=requirement, reason="Repealed.")
    desk.days_pass(40)
    assert not any(isinstance(each, events.ClearanceExpired) for each in desk.research.fake_outcomes.told)


def test_each_of_two_whose_last_day_is_the_same_is_told_of_whenever_it_was_recorded(desk: Desk) -> None:
    soon = APPROVAL | {"expires_on": "2026-06-20"}
    desk.about(OWNING, "record_clearance", requirement_id=desk.require(), **soon)
    desk.clock.advance(timedelta(days=7))
    for number in (1, 2):
        (timer, _) = due(desk.outcome)
        desk.research.tell_clearances("out_1", desk.context(SYSTEM, timer.at.isoformat()))
        assert [len(each.told) for each in desk.outcome.clearances] == [1] * number
        desk.about(OWNING, "record_clearance", requirement_id=desk.require(kind="ethics"), **soon)


def test_exchanges_events_tell_where_its_sites_are(desk: Desk) -> None:
    known = desk.research.fake_sites.known([KASHGAR, GILGIT])
    assert {site: each.country for site, each in known.items()} == given_legal.COUNTRIES


def test_an_event_without_a_country_leaves_what_is_known(desk: Desk) -> None:
    desk.hear_of_sites(chinese=None, at="2026-05-16T06:00:00.000Z")
    assert desk.research.fake_sites.known([KASHGAR])[KASHGAR].country == "CN"


@pytest.mark.parametrize("ends", [("CN", "PK"), ("PK", "CN"), (KASHGAR, GILGIT), (KASHGAR, "AF"), ("AF", "CN")])
def test_managers_at_either_end_and_administrators_say_what_law_asks(desk: Desk, ends: tuple[str, str]) -> None:
    fields: dict[str, Any] = REQUIREMENT | {"from_end": ends[0], "to_end": ends[1]}
    for actor in (GULNAR, ADMIN):
        made = desk.give(actor, "require_clearance", **fields).id
        assert desk.research.fake_requirements.load(made).state.from_end == ends[0]
    stranger = replace(GULNAR, sites=frozenset({"sit_hotan"}))
    onlookers = (given.COORDINATOR_HERE, OWNING, stranger, replace(GULNAR, roles=frozenset({OBSERVER})))
    for actor in onlookers:
        with pytest.raises(NotAllowed):
            desk.give(actor, "require_clearance", **fields)
        for name in ("change_requirement", "end_requirement"):
            with pytest.raises(NotAllowed):
                desk.give(actor, name, requirement_id=made, expected_version=1, reason="So.")


def test_the_other_end_asks_for_more_and_for_no_less(desk: Desk) -> None:
    made = desk.give(given.MANAGER, "require_clearance", **REQUIREMENT).id
    said: dict[str, Any] = {"requirement_id": made, "reason": "It can wait."}
    for name in ("change_requirement", "end_requirement"):
        with pytest.raises(NotAllowed) as refused:
            desk.give(given.MANAGER, name, expected_version=1, **said)
        assert refused.value.facts["needs"] == "programme-manager of the owner's site, or administrator"
    assert [each["may"] for each in asking(desk, given.MANAGER)] == [[]]
    for version, actor in enumerate((GULNAR, ADMIN), start=1):
        assert [each["may"] for each in asking(desk, actor)] == [["change_requirement", "end_requirement"]]
        desk.give(actor, "change_requirement", expected_version=version, basis=f"Law {version}", **said)
    desk.give(GULNAR, "end_requirement", expected_version=3, **said)


def test_who_sees_to_it_clears_it(desk: Desk) -> None:
    requirement = desk.require()
    said: dict[str, dict[str, Any]] = {
        "record_clearance": APPROVAL,
        "waive_clearance": {"reason": "So."},
        "revoke_clearance": {"reason": "So."},
    }
    at_its_site = replace(GULNAR, person="per_other")
    for actor in (given.MANAGER, given.COORDINATOR_THERE, ADMIN, replace(at_its_site, roles=frozenset({VISITOR}))):
        for name, fields in said.items():
            with pytest.raises(NotAllowed):
                desk.about(actor, name, requirement_id=requirement, **fields)
    with pytest.raises(NotAllowed):
        desk.about(given.COORDINATOR_HERE, "waive_clearance", requirement_id=requirement, reason="So.")
    for actor in (OWNING, at_its_site, given.COORDINATOR_HERE):
        desk.about(actor, "record_clearance", requirement_id=requirement, **APPROVAL)
        desk.about(actor, "revoke_clearance", requirement_id=requirement, reason="So.")
    for actor in (OWNING, at_its_site):
        desk.about(actor, "waive_clearance", requirement_id=requirement, reason="So.")


def test_who_is_named_to_renew_it_sees_it_and_renews_it_and_does_not_waive_it(desk: Desk) -> None:
    requirement, named = desk.require(), Actor("per_ye", frozenset({VISITOR}))
    owner = {"owner": {"person_id": "per_ye", "site_id": KASHGAR}}
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL | owner)
    assert desk.cleared(named)["may"] == ["record_clearance", "revoke_clearance"]
    with pytest.raises(NotAllowed):
        desk.about(named, "waive_clearance", requirement_id=requirement, reason="So.")
    desk.about(named, "record_clearance", requirement_id=requirement, **APPROVAL | owner | {"expires_on": "2027-12-31"})
    desk.about(named, "revoke_clearance", requirement_id=requirement, reason="So.")
    with pytest.raises(NotAllowed):
        desk.about(named, "record_clearance", requirement_id=requirement, **APPROVAL)


TO_GILGIT, TO_KASHGAR = {"from_site": KASHGAR, "to_site": GILGIT}, {"from_site": GILGIT, "to_site": KASHGAR}


def stating(desk: Desk, actor: Actor, *ways: dict[str, str]) -> Receipt:
    return desk.about(actor, "state_directions", directions=ways, reason="So.")


def test_managers_of_the_side_that_gives_say_that_nothing_goes(desk: Desk) -> None:
    matrix: Matrix = {
        "nothing from Gilgit": (lambda actor: stating(Desk(), actor, TO_GILGIT), {PROGRAMME_MANAGER}, {"sending"}),
        "nothing from Kashgar": (lambda actor: stating(Desk(), actor, TO_KASHGAR), {PROGRAMME_MANAGER}, {"host"}),
        "all may go": (
            lambda actor: stating(desk, actor, TO_GILGIT, TO_KASHGAR),
            {PROGRAMME_MANAGER},
            {"sending", "host"},
        ),
    }
    for command, role, place in cells(matrix):
        must_be_allowed_there_alone(matrix, command, role, place)


def test_the_other_end_may_say_that_something_goes_after_all_and_not_that_it_does_not(desk: Desk) -> None:
    stating(desk, given.MANAGER, TO_GILGIT)
    stating(desk, GULNAR, TO_GILGIT, TO_KASHGAR)
    assert desk.shown()["directions"] == [TO_KASHGAR, TO_GILGIT]
    with pytest.raises(NotAllowed) as refused:
        stating(desk, GULNAR, TO_GILGIT)
    assert refused.value.facts == {
        "action": "state_directions",
        "needs": f"programme-manager of {GILGIT}, to say that nothing goes from there to {KASHGAR}",
    }
    stating(desk, given.MANAGER, TO_GILGIT)
    stating(desk, GULNAR, TO_GILGIT)
    assert desk.shown()["directions"] == [TO_GILGIT], "what nobody takes away anew needs nobody's word"


def test_each_is_offered_what_the_rules_allow(desk: Desk) -> None:
    requirement = desk.require()
    owner = ["record_clearance", "waive_clearance"]
    assert desk.cleared(OWNING)["may"] == desk.cleared(GULNAR)["may"] == owner
    assert desk.cleared(given.COORDINATOR_HERE)["may"] == ["record_clearance"]
    assert desk.cleared(given.MANAGER)["may"] == []
    desk.about(OWNING, "waive_clearance", requirement_id=requirement, reason="So.")
    assert desk.cleared(OWNING)["may"] == ["record_clearance", "revoke_clearance"]
    agreed = Desk()
    agreed.require(kind="licence")
    assert agreed.cleared(OWNING)["may"] == ["waive_clearance"]
    assert agreed.shown(given.COORDINATOR_HERE)["may"][-1:] == ["open_track"]
    assert agreed.shown(GULNAR)["may"][-2:] == ["state_directions", "open_track"]


def test_who_owns_what_law_asks_of_an_outcome_sees_it(desk: Desk) -> None:
    with pytest.raises(Unknown):
        desk.shown(OWNING)
    desk.require()
    assert desk.shown(OWNING)["id"] == "out_1"
    with pytest.raises(Unknown):
        desk.shown(replace(OWNING, person="per_x"))


def test_requirements_are_seen_from_both_ends_by_their_owners_and_administrators(desk: Desk) -> None:
    first, second = desk.require(), desk.require(from_end=KASHGAR, to_end="sit_hotan")
    shown = sorted([first, second])
    for actor in (GULNAR, ADMIN, SYSTEM, OWNING):
        assert [each["id"] for each in asking(desk, actor)] == shown
    assert [each["id"] for each in asking(desk, given.MANAGER)] == [first]
    assert asking(desk, Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"}))) == []
    by_id = {each["id"]: each for each in asking(desk, GULNAR)}
    assert by_id[first]["may"] == ["change_requirement", "end_requirement"]
    assert [each["may"] for each in asking(desk, OWNING)] == [[], []]


def test_a_list_of_requirements_is_of_one_end_and_its_pages_join(desk: Desk) -> None:
    ids = sorted(desk.require(from_gate=gate) for gate in ("terms", "pilot", "adoption"))
    desk.give(GULNAR, "end_requirement", requirement_id=ids[0], expected_version=1, reason="Repealed.")
    assert [each["id"] for each in asking(desk, GULNAR)] == ids[1:]
    assert [each["id"] for each in asking(desk, GULNAR, ended=True, from_end="CN")] == ids
    assert asking(desk, GULNAR, to_end="CN") == []
    page = desk.research.requirements(parsed(queries.AskRequirements, {"limit": 1}), GULNAR)
    assert (page["items"][0]["id"], page["next"]) == (ids[1], ids[1])
    rest = desk.research.requirements(parsed(queries.AskRequirements, {"limit": 1, "after": ids[1]}), GULNAR)
    assert ([each["id"] for each in rest["items"]], rest["next"]) == ([ids[2]], None)


def test_a_command_given_twice_has_its_effect_once(desk: Desk) -> None:
    requirement = desk.give(GULNAR, "require_clearance", command="require", **REQUIREMENT)
    assert desk.give(GULNAR, "require_clearance", command="require", **REQUIREMENT) == requirement
    of_it = {"requirement_id": requirement.id}
    of_outcome = {"outcome_id": "out_1", **of_it}
    in_order: list[tuple[Actor, str, dict[str, Any]]] = [
        (given.MANAGER, "state_directions", {"outcome_id": "out_1", "directions": [TO_GILGIT], "expected_version": 1}),
        (OWNING, "record_clearance", of_outcome | APPROVAL | {"expected_version": 2}),
        (OWNING, "waive_clearance", of_outcome | {"expected_version": 3}),
        (OWNING, "revoke_clearance", of_outcome | {"expected_version": 4}),
        (GULNAR, "change_requirement", of_it | {"from_gate": "pilot", "expected_version": 1}),
        (GULNAR, "end_requirement", of_it | {"expected_version": 2}),
    ]
    for actor, name, fields in in_order:
        said = fields if name == "record_clearance" else fields | {"reason": "So."}
        first, again = (desk.give(actor, name, command=name, **said) for _ in range(2))
        assert first == again, name
        assert first.version == fields["expected_version"] + 1
    assert len(desk.outcome.clearances) == 1


def test_who_saw_an_older_version_is_refused(desk: Desk) -> None:
    requirement = desk.require()
    desk.about(OWNING, "record_clearance", requirement_id=requirement, **APPROVAL)
    context = replace(desk.context(OWNING), expected_version=1)
    said = {"outcome_id": "out_1", "requirement_id": requirement, "expected_version": 1, **APPROVAL}
    with pytest.raises(StaleVersion):
        desk.research.record_clearance(parsed(legal.RecordClearance, said), context)


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_end": "China"},
        {"from_end": "per_x"},
        {"from_gate": "disclosure"},
        {"kind": "taxes"},
        {"basis": " "},
        {"only_where": "$ne"},
        {"outcome_types": ["poem"]},
    ],
)
def test_what_is_no_requirement_is_no_command(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        desk.require(**wrong)


def test_what_cleared_either_of_two_that_are_one_clears_the_one_that_is_kept(desk: Desk) -> None:
    other = given_legal.dataset(id="out_2", clearances=(given_legal.clearance(requirement="req_other"),))
    desk.research.fake_outcomes.add("out_2", Decision(other, what="reported"), desk.context(SYSTEM))
    desk.require(kind="material-transfer")
    agreed, opened = desk.agree(outcome_ids=["out_2"]), desk.give(given.MANAGER, "open_track", **TRACK | LICENCE).id
    assert desk.cleared()["state"] == "missing"
    both: dict[str, Any] = {
        "keep": "out_1",
        "expected_version": 1,
        "merge": "out_2",
        "merge_version": 1,
        "reason": "The same images.",
    }
    desk.give(given.MANAGER, "merge_outcomes", **both)
    assert (desk.cleared()["state"], desk.cleared()["tracks"]) == ("in-force", [agreed])
    assert [each.requirement for each in desk.outcome.clearances] == ["req_other"]
    desk.days_pass(15)
    assert desk.research.fake_tracks.load(opened).state.state == "open", "it serves the one that is kept"


def test_nobody_asks_for_anything_until_somebody_enters_it(desk: Desk) -> None:
    desk.decide()
    assert desk.shown()["clearances"] == []


def test_what_nobody_has_reported_yet_says_what_law_will_ask_of_it(desk: Desk) -> None:
    desk.require(from_gate="evaluation")
    desk.research.fake_outcomes.add("out_2", Decision(given.outcome(id="out_2"), what="expected"), desk.context(SYSTEM))
    view = desk.research.outcome(parsed(queries.AskOutcome, {"outcome_id": "out_2"}), given.MANAGER)
    assert [each["state"] for each in view["clearances"]] == ["missing"]
