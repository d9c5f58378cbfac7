"""Who is told of the steps around a visit, and that several that fall due at once are one message to each."""

from typing import Any

import pytest

from services.notify.domain.roles import HOST_COORDINATOR, SENDING_COORDINATOR, VISITOR
from services.notify.domain.telling import people_in, told
from services.notify.domain.telling_tracks import steps_told

ENDS = {"host_site": {"coordinators": ["per_host"]}, "sending_site": {"coordinators": ["per_sending"]}}
STEPS = pytest.mark.parametrize("purpose", ["step-near", "step-overdue"])


def step(name: str, owner: str, person: str | None = None) -> dict[str, Any]:
    return {"step": f"{name}:{person}" if person else name, "name": name, "owner": owner, "person": person}


VISAS = [step("china-visa", "visitor", person) for person in ("per_bano", "per_karim")]
INSURANCE = [step("insurance-proof", "visitor", person) for person in ("per_bano", "per_karim")]
LEAVE = [step("leave", "sending-site", person) for person in ("per_bano", "per_karim")]
PERMIT = step("practice-permit", "international-office", "per_bano")


def who(purpose: str, told_of: dict[str, Any], *together: dict[str, Any]) -> dict[str, str]:
    facts = ENDS | told_of | {"together": list(together)}
    return {each.recipient: each.purpose for each in told(f"exchange.track.{purpose}.v1", facts)}


@STEPS
def test_a_visitor_hears_of_their_own_step_and_with_them_who_coordinates_for_the_sending_site(purpose: str) -> None:
    assert who(purpose, VISAS[0], VISAS[0]) == {"per_bano": f"{purpose}-for-you", "per_sending": purpose}


@STEPS
@pytest.mark.parametrize("owner", ["host-department", "international-office", "authority"])
def test_what_the_host_has_to_do_its_coordinators_hear(purpose: str, owner: str) -> None:
    permit = step("practice-permit", owner, "per_bano")
    assert who(purpose, permit, permit) == {"per_host": purpose}


@STEPS
def test_of_several_at_once_each_person_hears_with_the_first_that_concerns_them(purpose: str) -> None:
    together = (*LEAVE, PERMIT, *VISAS, *INSURANCE)
    heard = [(each["step"], who(purpose, each, *together)) for each in together]
    assert [(name, recipients) for name, recipients in heard if recipients] == [
        ("leave:per_bano", {"per_sending": purpose}),
        ("practice-permit:per_bano", {"per_host": purpose}),
        ("china-visa:per_bano", {"per_bano": f"{purpose}-for-you"}),
        ("china-visa:per_karim", {"per_karim": f"{purpose}-for-you"}),
    ]


def test_the_one_message_names_all_that_concern_its_reader() -> None:
    facts = VISAS[0] | {"together": [*LEAVE, PERMIT, *VISAS, *INSURANCE]}
    assert steps_told(facts, VISITOR, "per_karim") == [VISAS[1], INSURANCE[1]]
    assert steps_told(facts, SENDING_COORDINATOR, "per_sending") == [*LEAVE, *VISAS, *INSURANCE]
    assert steps_told(facts, HOST_COORDINATOR, "per_host") == [PERMIT]


def test_what_was_told_before_it_named_the_others_is_told_by_itself() -> None:
    assert who("step-overdue", VISAS[1]) == {"per_karim": "step-overdue-for-you", "per_sending": "step-overdue"}


def test_everybody_whom_a_message_may_name_is_known() -> None:
    facts = {"leader": "per_leader"} | VISAS[0] | {"together": [*VISAS, step("leave", "sending-site")]}
    assert people_in(facts) == {"per_leader", "per_bano", "per_karim"}


@pytest.mark.parametrize("purpose", ["dates-proposed", "dates-not-found"])
def test_other_days_are_told_to_both_ends(purpose: str) -> None:
    assert who(purpose, {}) == {"per_host": purpose, "per_sending": purpose}


def test_what_is_not_recorded_the_host_hears() -> None:
    assert who("record-overdue", {"by": "2026-06-02"}) == {"per_host": "record-overdue"}
