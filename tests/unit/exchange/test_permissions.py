"""Who may do what: every role at every place against every command."""

from collections.abc import Callable

import pytest

from chassis.kernel.actor import (
    ADMINISTRATOR,
    COORDINATOR,
    OBSERVER,
    PROGRAMME_MANAGER,
    ROLES,
    SYSTEM,
    VISITOR,
    Actor,
)
from chassis.kernel.errors import NotAllowed
from services.exchange.domain import permissions
from services.exchange.domain.offers import offered
from tests.unit.exchange import given

PLACES = {"sending": given.GILGIT, "host": given.KASHGAR, "elsewhere": "sit_elsewhere"}
RUN = {PROGRAMME_MANAGER, COORDINATOR}

May = Callable[[Actor], object]
VISIT = given.visit()


def without_administration(actor: Actor) -> Actor:
    return Actor(actor.person, actor.roles - {ADMINISTRATOR}, actor.sites)


MATRIX: dict[str, tuple[May, set[str], set[str]]] = {
    # command: what decides, the roles that may, the places where they may
    "register": (permissions.may_register, {ADMINISTRATOR}, set(PLACES)),
    "run a site (its own people)": (
        lambda actor: permissions.may_run_site(without_administration(actor), given.KASHGAR, "set_hours"),
        RUN,
        {"host"},
    ),
    "draft": (
        lambda actor: permissions.may_draft(actor, (given.GILGIT, given.KASHGAR)),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "approve": (
        lambda actor: permissions.partner_approving(actor, given.drafted()),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "propose": (
        lambda actor: permissions.may_propose(actor, given.GILGIT, given.KASHGAR),
        RUN,
        {"sending", "host"},
    ),
    "reply for the sending site": (lambda actor: permissions.may_reply(actor, "sending-site", VISIT), RUN, {"sending"}),
    "reply for the department": (lambda actor: permissions.may_reply(actor, "host-department", VISIT), RUN, {"host"}),
    "reply for the office": (lambda actor: permissions.may_reply(actor, "international-office", VISIT), RUN, {"host"}),
    "reply for the authority": (lambda actor: permissions.may_reply(actor, "authority", VISIT), RUN, {"host"}),
    "cancel": (lambda actor: permissions.may_cancel(actor, VISIT), RUN, {"sending", "host"}),
    "record": (lambda actor: permissions.may_record(actor, VISIT, "record_arrival"), RUN, {"host"}),
    "look up": (permissions.may_look_up, set(ROLES), set(PLACES)),
}
CELLS = [(command, role, place) for command in MATRIX for role in sorted(ROLES) for place in PLACES]


@pytest.mark.parametrize(("command", "role", "place"), CELLS)
def test_each_command_is_allowed_to_those_roles_at_those_places_alone(command: str, role: str, place: str) -> None:
    may, roles, places = MATRIX[command]
    actor = Actor("per_x", frozenset({role}), frozenset({PLACES[place]}))
    if role in roles and place in places:
        may(actor)
        return
    with pytest.raises(NotAllowed) as refused:
        may(actor)
    assert refused.value.facts.keys() == {"action", "needs"}


@pytest.mark.parametrize("command", sorted(MATRIX))
def test_who_has_no_role_may_do_nothing(command: str) -> None:
    with pytest.raises(NotAllowed):
        MATRIX[command][0](Actor("per_x", frozenset(), frozenset(PLACES.values())))


def test_a_role_at_one_site_is_none_at_another() -> None:
    both = Actor("per_x", frozenset({COORDINATOR}), frozenset({given.GILGIT, "sit_elsewhere"}))
    assert permissions.acts_for(both, given.GILGIT)
    assert not permissions.acts_for(both, given.KASHGAR)


def test_a_manager_of_two_partners_approves_for_one_after_the_other() -> None:
    both = Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({given.GILGIT, given.KASHGAR}))
    assert permissions.partner_approving(both, given.drafted()) == given.GILGIT
    half = given.drafted(approvals={given.GILGIT: object()})
    assert permissions.partner_approving(both, half) == given.KASHGAR


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (SYSTEM, True),
        (Actor("per_x", frozenset({ADMINISTRATOR})), True),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), True),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.KASHGAR})), True),
        (Actor("per_bano", frozenset({VISITOR})), True),
        (Actor("per_x", frozenset({VISITOR})), False),
        (Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"})), False),
    ],
)
def test_a_visit_is_seen_from_both_ends_by_its_visitors_and_by_administrators(actor: Actor, sees: bool) -> None:
    assert permissions.may_see(actor, VISIT) == sees


@pytest.mark.parametrize("state", given.STATES)
@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_page_offers_what_the_rules_allow_and_no_more(state: str, role: str, place: str) -> None:
    visit = given.visit(state)
    actor = Actor("per_x", frozenset({role}), frozenset({PLACES[place]}))
    runs = role in RUN
    awaited = [party for party in visit.needs if party not in visit.replies]
    speaks_for = {"sending-site": "sending", "host-department": "host"}
    wanted = {
        f"reply_to_visit:{party}"
        for party in awaited
        if runs and state in ("proposed", "pending") and place == speaks_for[party]
    }
    if runs and place in ("sending", "host") and state in ("proposed", "pending", "booked"):
        wanted.add("cancel_visit")
    if runs and place == "host":
        wanted |= {"booked": {"record_arrival"}, "arrived": {"fulfil_visit"}}.get(state, set())
    assert set(offered(visit, actor)) == wanted


def test_an_administrator_runs_any_site_and_the_system_none() -> None:
    permissions.may_run_site(Actor("per_x", frozenset({ADMINISTRATOR})), given.KASHGAR, "set_hours")
    with pytest.raises(NotAllowed) as refused:
        permissions.may_run_site(SYSTEM, given.KASHGAR, "set_hours")
    assert refused.value.facts["action"] == "set_hours"
