"""What is to come can be looked at by those who look after the programme, and by nobody else."""

from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.errors import InvalidCommand, Unknown
from services.notify.application import queries
from services.notify.domain import permissions
from tests.unit.notify.reminding import Desk, told_at
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

BOOKED = told_at("02-03 02:14", 2, "visit.booked")
VISIT = BOOKED[0].subject_id
MATRIX: Matrix = {"reminders": (permissions.may_follow_reminders, {ADMINISTRATOR, PROGRAMME_MANAGER}, set(PLACES))}


def asked(desk: Desk, actor: Actor = SYSTEM, about: str = VISIT) -> dict[str, Any]:
    return queries.reminders_about(parsed(queries.AskReminders, {"about": about}), actor, desk.reminders)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.hears(BOOKED)
    return made


def test_what_is_waited_for_is_shown_the_next_first_with_who_is_reminded(desk: Desk) -> None:
    items = asked(desk)["items"]
    assert [item["at"][5:16] for item in items] == [
        "04-20T04:00",
        "04-20T04:00",
        "05-01T01:00",
        "05-01T04:00",
        "05-03T04:00",
    ]
    facts = desk.reminder.facts
    assert items[0] == {
        "at": "2026-04-20T04:00:00+00:00",
        "purpose": "arrival-near-for-you",
        "because": "visitor",
        "recipients": list(facts["visitors"]),
    }


def test_what_was_told_is_not_waited_for_any_more(desk: Desk) -> None:
    desk.looks("05-02 00:00")
    assert [item["at"][5:16] for item in asked(desk)["items"]] == ["05-03T04:00"]


def test_of_what_nothing_was_heard_nothing_is_known(desk: Desk) -> None:
    with pytest.raises(Unknown):
        asked(desk, about="vis_nowhere")


def test_only_what_is_counted_back_from_can_be_asked_about(desk: Desk) -> None:
    with pytest.raises(InvalidCommand):
        asked(desk, about="out_1")


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_role_at_each_place_may_what_the_matrix_says(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)
