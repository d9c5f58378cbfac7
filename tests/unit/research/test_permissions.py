"""Who may do what with an outcome: every role at every place against every command."""

from dataclasses import replace
from datetime import datetime

import pytest

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, ROLES, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain import permissions
from services.research.domain.adoption import FollowUp
from services.research.domain.offers import offered
from services.research.domain.outcome import ADOPTION, STAGES, WITHDRAWN, Outcome
from services.research.domain.refusals import NotOfTheOutcome
from tests.unit.research import given
from tests.unit.research.test_transfer import adopting
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

RUN = {PROGRAMME_MANAGER, COORDINATOR}
OUTCOME = given.outcome()

MATRIX: Matrix = {
    # command: what decides, the roles that may, the places where they may
    "report": (lambda actor: permissions.may_report(actor, OUTCOME), RUN, {"sending", "host"}),
    "correct": (lambda actor: permissions.may_correct(actor, OUTCOME), RUN, {"sending", "host"}),
    "publish": (lambda actor: permissions.may_publish(actor, OUTCOME, "publish_outcome"), RUN, {"sending", "host"}),
    "waive": (lambda actor: permissions.may_waive(actor, OUTCOME), RUN, {"sending", "host"}),
    "decide": (lambda actor: permissions.may_decide(actor, OUTCOME), {PROGRAMME_MANAGER}, {"sending", "host"}),
    "rate": (lambda actor: permissions.may_rate(actor, OUTCOME), {PROGRAMME_MANAGER}, {"sending", "host"}),
    "confirm for the sending site": (
        lambda actor: permissions.may_confirm(actor, OUTCOME, given.GILGIT),
        RUN,
        {"sending"},
    ),
    "attribute": (lambda actor: permissions.may_attribute(actor, OUTCOME), RUN, {"sending", "host"}),
    "claim": (lambda actor: permissions.may_claim(actor, OUTCOME), RUN, {"sending", "host"}),
    "reject": (lambda actor: permissions.may_reject(actor, OUTCOME), RUN, {"sending", "host"}),
    "settle": (lambda actor: permissions.may_settle(actor, OUTCOME), RUN, {"sending", "host"}),
    "enter": (
        lambda actor: permissions.may_enter(actor, [given.visit_of_may()], "per_x", None),
        RUN,
        {"sending", "host"},
    ),
    "name a delegate for somebody of the host": (
        lambda actor: permissions.may_delegate(actor, "per_chen", frozenset({given.KASHGAR})),
        RUN,
        {"host"},
    ),
    "confirm for the host": (lambda actor: permissions.may_confirm(actor, OUTCOME, given.KASHGAR), RUN, {"host"}),
}


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_command_is_allowed_to_those_roles_at_those_places_alone(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_whoever_owes_the_report_may_give_it_and_correct_it_in_any_role_and_not_release_themselves(role: str) -> None:
    responsible = Actor("per_bano", frozenset({role}))
    permissions.may_report(responsible, OUTCOME)
    permissions.may_correct(responsible, OUTCOME)
    with pytest.raises(NotAllowed):
        permissions.may_waive(responsible, OUTCOME)


def test_the_system_reports_and_decides_nothing() -> None:
    for may, _, _ in MATRIX.values():
        with pytest.raises(NotAllowed):
            may(SYSTEM)


def test_that_a_site_is_no_partner_is_told_to_partners_alone() -> None:
    permissions.may_confirm(given.COORDINATOR_THERE, OUTCOME, "sit_elsewhere")
    with pytest.raises(NotOfTheOutcome):
        adopting(given.at(ADOPTION), site="sit_elsewhere")
    stranger = Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_elsewhere"}))
    with pytest.raises(NotAllowed):
        permissions.may_confirm(stranger, OUTCOME, "sit_elsewhere")


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (SYSTEM, True),
        (Actor("per_x", frozenset({ADMINISTRATOR})), True),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), True),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.KASHGAR})), True),
        (Actor("per_bano", frozenset({VISITOR})), True),
        (Actor("per_zhang", frozenset()), True),
        (Actor("per_x", frozenset({VISITOR})), False),
        (Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"})), False),
    ],
)
def test_an_outcome_is_seen_from_both_ends_by_those_it_concerns_and_by_administrators(actor: Actor, sees: bool) -> None:
    assert permissions.may_see(actor, OUTCOME) == sees


def uses(outcome: Outcome, site: str) -> bool:
    return outcome.adopting_site == site


def could_adopt(outcome: Outcome, site: str) -> bool:
    return outcome.stage == ADOPTION and not uses(outcome, site)


@pytest.mark.parametrize("outcome", given.EVERY_KIND, ids=lambda outcome: f"{outcome.state} {outcome.stage}")
@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_page_offers_what_the_rules_allow_and_no_more(outcome: Outcome, role: str, place: str) -> None:
    actor = Actor("per_x", frozenset({role}), frozenset({PLACES[place]}))
    is_partner = PLACES[place] in outcome.sites
    fits = {
        "claim_outcome": outcome.state in ("unclaimed", "rejected") and role in RUN,
        "reject_outcome": outcome.state == "unclaimed" and role in RUN,
        "report_outcome": outcome.state == "expected" and role in RUN,
        "correct_outcome": outcome.state in ("reported", "adopted") and role in RUN,
        "attribute_outcome": outcome.state in ("expected", "reported", "adopted") and role in RUN,
        "settle_outcome": bool(outcome.questioned) and role in RUN,
        "waive_outcome": outcome.state == "expected" and role in RUN,
        "decide_gate": outcome.next_gate is not None and role == PROGRAMME_MANAGER,
        "rate_readiness": outcome.state in ("reported", "adopted") and role == PROGRAMME_MANAGER,
        "confirm_adoption": role in RUN and could_adopt(outcome, PLACES[place]),
        "end_adoption": role in RUN and uses(outcome, PLACES[place]),
        "merge_outcomes": outcome.state in ("unclaimed", "reported", "adopted") and role in RUN,
    }
    assert offered(outcome, actor) == [command for command, fit in fits.items() if fit and is_partner]


def test_whoever_owes_the_report_is_offered_it() -> None:
    assert offered(OUTCOME, given.RESPONSIBLE) == ["report_outcome", "attribute_outcome"]


def test_whoever_was_named_for_them_is_offered_the_same_and_nothing_that_those_do_who_run_the_programme() -> None:
    delegate = Actor("per_karim", frozenset({VISITOR}))
    assert offered(OUTCOME, delegate) == []
    assert offered(OUTCOME, delegate, "per_bano") == ["report_outcome", "attribute_outcome"]
    assert offered(given.unclaimed(), delegate, "per_bano") == ["claim_outcome", "reject_outcome"]
    assert offered(given.at("pilot", questioned="Entered twice."), delegate, "per_bano") == [
        "correct_outcome", "attribute_outcome",
    ]  # fmt: skip


@pytest.mark.parametrize("outcome_type", ["award", "skills-and-people"])
def test_nothing_is_offered_on_the_way_into_practice_of_what_does_not_transfer(outcome_type: str) -> None:
    for stage in STAGES:
        outcome = given.at(stage, type=outcome_type)
        assert not {"decide_gate", "rate_readiness", "confirm_adoption"} & set(offered(outcome, given.MANAGER))


@pytest.mark.parametrize(
    ("asked", "recorded", "ended", "offers"),
    [((), (), None, []), ((6,), (), None, ["record_follow_up"]), ((6,), (6,), None, []), ((6,), (), given.NOW, [])],
)
def test_a_follow_up_is_offered_while_it_is_waited_for(
    asked: tuple[int, ...], recorded: tuple[int, ...], ended: datetime | None, offers: list[str]
) -> None:
    follow_ups = tuple(FollowUp(months, True, None, None, "", None, given.NOW) for months in recorded)
    use = replace(given.USED, asked=asked, follow_ups=follow_ups, ended_on=ended and ended.date())
    outcome = given.adopted(use)
    for actor in (given.COORDINATOR_THERE, given.COORDINATOR_HERE):
        expected = offers if actor is given.COORDINATOR_THERE else []
        assert [each for each in offered(outcome, actor) if each == "record_follow_up"] == expected


def test_nothing_is_offered_of_the_use_of_what_was_taken_back() -> None:
    gone = replace(given.adopted(replace(given.USED, asked=(6,))), state=WITHDRAWN)
    assert not {"end_adoption", "record_follow_up", "confirm_adoption"} & set(offered(gone, given.COORDINATOR_THERE))
