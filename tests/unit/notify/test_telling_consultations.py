"""Who is told what of a consultation: who takes part hears of its times by invitation, and of nothing twice."""

from typing import Any

import pytest

from services.notify.domain.telling import people_in, told

CHAIR = {"person": "per_chair", "comes": "per_chair", "role": "chair"}
GUEST = {"person": "per_guest", "comes": "per_deputy", "role": "specialist"}
ABSENT = {"person": "per_absent", "comes": None, "role": "presenter"}
MEETING: dict[str, Any] = {
    "state": "booked", "organiser": "per_organiser", "participants": [CHAIR, GUEST, ABSENT],
    "sites": [{"coordinators": ["per_gilgit"]}, {"coordinators": ["per_kashgar", "per_guest"]}],
}  # fmt: skip
BESIDES = ("booked", "rescheduled", "cancelled", "session-cancelled", "entered-in-error")


def who(event: str, **more: Any) -> dict[str, str]:
    tellings = told(f"exchange.consultation.{event}.v1", MEETING | more)
    return {each.recipient: each.purpose.removeprefix("consultation-") for each in tellings}


def test_an_invitation_goes_to_its_recipients_also_to_who_brought_it_about() -> None:
    assert who("invited", recipients=["per_chair", "per_organiser"]) == {
        "per_chair": "invited",
        "per_organiser": "invited",
    }


def test_a_proposal_is_told_to_the_coordinators_who_do_not_take_part() -> None:
    assert who("proposed") == {"per_gilgit": "proposed", "per_kashgar": "proposed"}
    assert who("proposed", organiser="per_kashgar") == {"per_gilgit": "proposed"}


@pytest.mark.parametrize("event", BESIDES)
def test_beside_the_invitation_the_organiser_and_the_coordinators_are_told(event: str) -> None:
    assert who(event) == dict.fromkeys(("per_organiser", "per_gilgit", "per_kashgar"), event)


@pytest.mark.parametrize("event", BESIDES)
@pytest.mark.parametrize("invited", ["per_chair", "per_deputy", "per_guest", "per_absent"])
def test_who_takes_part_is_told_by_the_invitation_alone(event: str, invited: str) -> None:
    assert invited not in who(event, organiser=invited, sites=[{"coordinators": [invited]}])


@pytest.mark.parametrize("event", BESIDES)
def test_nobody_is_told_what_they_did_themselves(event: str) -> None:
    assert "per_organiser" not in who(event, by="per_organiser")


def test_of_several_sessions_that_are_called_off_at_once_people_hear_once() -> None:
    several = [who("session-cancelled", slot=slot, called_off=["1", "2", "3"]) for slot in ("1", "2", "3")]
    assert several == [dict.fromkeys(("per_organiser", "per_gilgit", "per_kashgar"), "session-cancelled"), {}, {}]


@pytest.mark.parametrize(
    ("state", "is_told"), [("waitlist", True), ("proposed", True), ("pending", True), ("booked", False)]
)
def test_a_reply_is_told_to_the_organiser_while_others_are_awaited(state: str, is_told: bool) -> None:
    assert who("replied", state=state, by="per_guest") == ({"per_organiser": "reply-received"} if is_told else {})


@pytest.mark.parametrize("event", ["waits", "waiting-ended", "participants-changed"])
def test_how_it_stands_is_told_to_the_organiser_also_where_they_take_part(event: str) -> None:
    assert who(event, organiser="per_chair") == {"per_chair": event}


def test_a_session_that_is_near_is_told_to_everybody_who_comes() -> None:
    assert who("session-soon") == {"per_chair": "soon", "per_deputy": "soon"}


def test_after_a_session_each_hears_once_and_who_owes_something_of_that() -> None:
    actions = [{"owner": "per_chair"}, {"owner": "per_chair"}, {"owner": "per_absent"}]
    assert who("session-held", actions=actions, attended=["per_chair", "per_guest"]) == {
        "per_chair": "actions",
        "per_absent": "actions",
        "per_guest": "held",
        "per_deputy": "held",
        "per_organiser": "held",
    }


def test_a_session_that_nobody_closed_is_told_to_the_chair_and_the_organiser() -> None:
    assert who("closing-overdue") == dict.fromkeys(("per_chair", "per_organiser"), "closing-overdue")
    declined = {"participants": [CHAIR | {"comes": None}], "organiser": "per_chair"}
    assert who("closing-overdue", **declined) == {"per_chair": "closing-overdue"}


@pytest.mark.parametrize("event", ["session-soon", "session-held"])
def test_who_comes_to_the_session_is_told_of_it_whoever_comes_to_the_others(event: str) -> None:
    told_to = who(event, coming=["per_guest", "per_absent"], attended=[], actions=[], organiser="per_guest")
    assert set(told_to) == {"per_guest", "per_absent"}


def test_who_was_to_chair_that_session_is_told_that_nobody_closed_it() -> None:
    assert set(who("closing-overdue", chaired_by="per_deputy")) == {"per_deputy", "per_organiser"}


@pytest.mark.parametrize(("chased", "organiser_is_told"), [(1, False), (2, True), (4, True)])
def test_an_overdue_action_is_told_to_its_owner_and_from_the_second_time_to_the_organiser(
    chased: int, organiser_is_told: bool
) -> None:
    found = who("action-overdue", action={"owner": "per_absent"}, chased=chased)
    wanted = {"per_absent": "action-overdue", "per_organiser": "action-overdue-followed"}
    assert found == (wanted if organiser_is_told else {"per_absent": "action-overdue"})


def test_another_time_that_is_not_taken_up_comes_back_as_an_invitation_alone() -> None:
    assert who("counter-declined", participant="per_guest", by="per_organiser") == {}


def test_everybody_whom_a_message_may_name_is_known() -> None:
    facts = MEETING | {
        "participant": "per_1", "deputy": "per_2", "chair": "per_3", "by": "per_4", "added": ["per_5"],
        "removed": ["per_6"], "actions": [{"owner": "per_7"}], "action": {"owner": "per_8"},
    }  # fmt: skip
    named = {"per_organiser", "per_chair", "per_guest", "per_deputy", "per_absent", *(f"per_{n}" for n in range(1, 9))}
    assert people_in(facts) == named
