"""Who may do what with an outcome: every role at every place against every command."""

import pytest

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, ROLES, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain import permissions
from services.research.domain.offers import offered
from services.research.domain.outcome import ADOPTION, Outcome
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
    "confirm for the sending site": (
        lambda actor: permissions.may_confirm(actor, OUTCOME, given.GILGIT),
        RUN,
        {"sending"},
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


@pytest.mark.parametrize("outcome", given.EVERY_KIND, ids=lambda outcome: f"{outcome.state} {outcome.stage}")
@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_page_offers_what_the_rules_allow_and_no_more(outcome: Outcome, role: str, place: str) -> None:
    actor = Actor("per_x", frozenset({role}), frozenset({PLACES[place]}))
    is_partner = place in ("sending", "host")
    fits = {
        "report_outcome": outcome.state == "expected" and role in RUN,
        "correct_outcome": outcome.state in ("reported", "adopted") and role in RUN,
        "waive_outcome": outcome.state == "expected" and role in RUN,
        "decide_gate": outcome.next_gate is not None and role == PROGRAMME_MANAGER,
        "confirm_adoption": (outcome.state, outcome.stage) == ("reported", ADOPTION) and role in RUN,
    }
    assert offered(outcome, actor) == [command for command, fit in fits.items() if fit and is_partner]


def test_whoever_owes_the_report_is_offered_it() -> None:
    assert offered(OUTCOME, given.RESPONSIBLE) == ["report_outcome"]
