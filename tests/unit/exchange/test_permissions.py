"""Who may do what: every role at every place against every command."""

from datetime import date

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
from services.exchange.domain.parties import Deputy
from services.exchange.domain.permissions import agreements, directory, replies, roles, visits
from tests.unit.exchange import given
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

RUN = {PROGRAMME_MANAGER, COORDINATOR}

VISIT, DAY = given.visit(), given.NOW.date()


def without_administration(actor: Actor) -> Actor:
    return Actor(actor.person, actor.roles - {ADMINISTRATOR}, actor.sites)


MATRIX: Matrix = {
    # command: what decides, the roles that may, the places where they may
    "register": (directory.may_register, {ADMINISTRATOR}, set(PLACES)),
    "run a site (its own people)": (
        lambda actor: directory.may_run_site(without_administration(actor), given.KASHGAR, "set_hours"),
        RUN,
        {"host"},
    ),
    "change a person of the sending site": (
        lambda actor: directory.may_change_person(without_administration(actor), given.person(), (given.GILGIT,)),
        RUN,
        {"sending"},
    ),
    "reveal a passport to their sites and to hosts": (
        lambda actor: directory.may_reveal_passport(without_administration(actor), given.person(), {given.KASHGAR}),
        RUN,
        {"sending", "host"},
    ),
    "reveal a passport before there is a visit": (
        lambda actor: directory.may_reveal_passport(without_administration(actor), given.person(), set()),
        RUN,
        {"sending"},
    ),
    "rotate keys": (directory.may_rotate_keys, {ADMINISTRATOR}, set(PLACES)),
    "draft": (
        lambda actor: agreements.may_draft(actor, (given.GILGIT, given.KASHGAR)),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "approve": (
        lambda actor: agreements.partner_approving(actor, given.drafted()),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "amend, revert or terminate": (
        lambda actor: agreements.may_change_agreement(actor, given.agreement(), "amend_agreement"),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "propose": (
        lambda actor: visits.may_propose(actor, given.GILGIT, given.KASHGAR),
        RUN,
        {"sending", "host"},
    ),
    "reply for the sending site": (
        lambda actor: replies.may_reply(actor, "sending-site", VISIT, DAY),
        RUN,
        {"sending"},
    ),
    "reply for the department": (
        lambda actor: replies.may_reply(actor, "host-department", VISIT, DAY),
        RUN,
        {"host"},
    ),
    "reply for the office": (
        lambda actor: replies.may_reply(actor, "international-office", VISIT, DAY),
        RUN,
        {"host"},
    ),
    "reply for the authority": (
        lambda actor: replies.may_reply(actor, "authority", VISIT, DAY),
        RUN,
        {"host"},
    ),
    "cancel": (lambda actor: visits.may_act(actor, VISIT, "cancel_visit"), RUN, {"sending", "host"}),
    "record": (lambda actor: visits.may_record(actor, VISIT, "record_arrival"), RUN, {"host"}),
    "withdraw somebody": (lambda actor: visits.may_withdraw(actor, VISIT, "per_bano"), RUN, {"sending", "host"}),
    "say yes to the host's days": (
        lambda actor: replies.may_accept_counter(actor, "host-department", VISIT),
        RUN,
        {"sending"},
    ),
    "say yes to the sending site's days": (
        lambda actor: replies.may_accept_counter(actor, "sending-site", VISIT),
        RUN,
        {"host"},
    ),
    "name a deputy": (lambda actor: replies.may_name_deputy(actor, "sending-site", VISIT), RUN, {"sending"}),
    "enter a past visit": (
        lambda actor: visits.may_enter_past(actor, given.GILGIT, given.KASHGAR),
        {PROGRAMME_MANAGER},
        {"sending", "host"},
    ),
    "look up": (directory.may_look_up, set(ROLES), set(PLACES)),
}


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_command_is_allowed_to_those_roles_at_those_places_alone(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)


@pytest.mark.parametrize("command", sorted(MATRIX))
def test_who_has_no_role_may_do_nothing(command: str) -> None:
    with pytest.raises(NotAllowed):
        MATRIX[command][0](Actor("per_x", frozenset(), frozenset(PLACES.values())))


def test_a_role_at_one_site_is_none_at_another() -> None:
    both = Actor("per_x", frozenset({COORDINATOR}), frozenset({given.GILGIT, "sit_elsewhere"}))
    assert roles.acts_for(both, given.GILGIT)
    assert not roles.acts_for(both, given.KASHGAR)


def test_a_manager_of_two_partners_approves_for_one_after_the_other() -> None:
    both = Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({given.GILGIT, given.KASHGAR}))
    assert agreements.partner_approving(both, given.drafted()) == given.GILGIT
    half = given.drafted(approvals={given.GILGIT: object()})
    assert agreements.partner_approving(both, half) == given.KASHGAR


def test_only_administrators_and_managers_of_either_end_say_that_a_visit_was_entered_in_error() -> None:
    allowed = {
        (role, place)
        for role in ROLES
        for place, site in PLACES.items()
        if visits.corrects(Actor("per_x", frozenset({role}), frozenset({site})), VISIT)
    }
    everywhere = {(ADMINISTRATOR, place) for place in PLACES}
    assert allowed == everywhere | {(PROGRAMME_MANAGER, "sending"), (PROGRAMME_MANAGER, "host")}


def test_who_withdraws_themselves_needs_no_role() -> None:
    visits.may_withdraw(Actor("per_bano"), VISIT, "per_bano")
    with pytest.raises(NotAllowed):
        visits.may_withdraw(Actor("per_bano", frozenset({VISITOR})), VISIT, "per_karim")


@pytest.mark.parametrize(("day", "stands_in"), [(1, False), (2, True), (9, True), (10, False)])
def test_a_deputy_replies_in_the_place_and_on_the_days_that_they_are_named_for(day: int, stands_in: bool) -> None:
    named = Deputy("host-department", "per_x", "per_zhang", date(2026, 3, 2), date(2026, 3, 9))
    visit, deputy = given.visit(deputies=(named,)), Actor("per_x")
    for party, place in (("host-department", "per_zhang" if stands_in else None), ("sending-site", None)):
        assert replies.replies_in_place_of(deputy, party, visit, date(2026, 3, day)) == place
    assert visits.may_see(deputy, visit)


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
    assert visits.may_see(actor, VISIT) == sees


def test_an_administrator_runs_any_site_and_the_system_none() -> None:
    directory.may_run_site(Actor("per_x", frozenset({ADMINISTRATOR})), given.KASHGAR, "set_hours")
    with pytest.raises(NotAllowed) as refused:
        directory.may_run_site(SYSTEM, given.KASHGAR, "set_hours")
    assert refused.value.facts["action"] == "set_hours"


def test_whose_sites_are_whose_is_for_administrators_to_say() -> None:
    with pytest.raises(NotAllowed):
        directory.may_change_person(given.SENDING_MANAGER, given.person(), (given.GILGIT, given.KASHGAR))
    directory.may_change_person(Actor("per_x", frozenset({ADMINISTRATOR})), given.person(), (given.KASHGAR,))


def test_a_person_enters_their_own_passport_and_asks_nobody_for_it() -> None:
    bano = Actor("per_bano", frozenset({VISITOR}), frozenset({given.GILGIT}))
    directory.may_keep_passport(bano, given.person(), "set_passport")
    with pytest.raises(NotAllowed):
        directory.may_keep_passport(bano, given.person("per_other"), "set_passport")
    with pytest.raises(NotAllowed):
        directory.may_reveal_passport(bano, given.person(), {given.KASHGAR})
    assert directory.sees_particulars(bano, given.person(), set())
    assert not directory.sees_particulars(bano, given.person("per_other"), set())
