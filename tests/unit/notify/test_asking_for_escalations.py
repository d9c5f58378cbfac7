"""What waits for answers is seen and stopped by those who run the programme there, and by nobody else."""

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, NotAllowed
from services.notify.application import commands
from services.notify.domain import permissions
from services.notify.domain.refusals import NothingAwaited
from tests.unit.notify.escalating import Desk, told
from tests.unit.notify.reminding import at
from tests.unit.notify.test_escalations import later, proposed
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

ADMIN = Actor("per_root", frozenset({ADMINISTRATOR}))
MATRIX: Matrix = {
    "escalations": (permissions.may_follow_escalations, {ADMINISTRATOR, PROGRAMME_MANAGER}, set(PLACES)),
}


def manager(site: str) -> Actor:
    return Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({site}))


def stop(desk: Desk, actor: Actor, reason: str = "They telephoned.", version: int = 1) -> None:
    fields = {"escalation_id": desk.escalation.id, "reason": reason, "expected_version": version}
    context = Context("stop", actor, at("02-02 00:00"), expected_version=None)
    commands.stop_escalation(parsed(commands.StopEscalation, fields), context, desk.escalations)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.hears(proposed())
    return made


def test_what_is_open_is_shown_with_the_steps_taken_and_those_to_come(desk: Desk) -> None:
    desk.looks("02-05 00:00")
    (item,) = desk.asked(ADMIN)
    assert (item["about"], item["site"], item["party"]) == (desk.escalation.about, "sit_host", "host-department")
    assert (item["asked"], item["since"][:16]) == (["per_zhang", "per_wang"], "2026-02-01T00:00")
    assert item["steps"] == [{"step": "manager", "at": "2026-02-05T00:00:00+00:00", "told": ["per_li"]}]
    assert item["to_come"] == []
    assert desk.asked(ADMIN, about="vis_nowhere") == []
    assert desk.asked(ADMIN, about=desk.escalation.about) == [item]


def test_a_manager_sees_what_their_own_site_is_asked(desk: Desk) -> None:
    assert len(desk.asked(manager("sit_host"))) == 1
    assert desk.asked(manager("sit_sending")) == []


def test_what_is_answered_is_not_shown(desk: Desk) -> None:
    desk.hears(later("booked", "booked"))
    assert desk.asked(ADMIN) == []


@pytest.mark.parametrize("actor", [ADMIN, manager("sit_host")], ids=["an administrator", "their manager"])
def test_stopped_it_goes_on_to_nobody_until_it_is_asked_anew(desk: Desk, actor: Actor) -> None:
    stop(desk, actor)
    (ended,) = desk.escalation.ended
    assert (ended.because, ended.by, ended.reason) == ("stopped", actor.person, "They telephoned.")
    assert (desk.moments, desk.looks("02-08 00:00")) == ([], [])
    desk.hears(proposed(2, "02-06 00:00", "rescheduled", state="pending", reply_by="2026-02-20T00:00:00Z"))
    assert len(desk.moments) == 2


def test_others_are_told_that_what_had_gone_on_was_stopped(desk: Desk) -> None:
    desk.looks("02-05 00:00")
    stop(desk, ADMIN, version=2)
    assert desk.news == ["manager", "stopped"]


def test_a_manager_stops_what_their_own_site_is_asked_alone() -> None:
    desk = Desk()
    both = [{"party": party, "status": "needs-action"} for party in ("host-department", "sending-site")]
    desk.hears(proposed(replies=both))
    stop(desk, manager("sit_host"))
    assert [item["site"] for item in desk.asked(ADMIN)] == ["sit_sending"]
    assert told(desk.looks("02-07 00:00")) == {"per_ali": "programme-manager"}


@pytest.mark.parametrize(
    "actor",
    [manager("sit_sending"), Actor("per_zhang", frozenset({COORDINATOR}), frozenset({"sit_host"})), Actor("per_x")],
)
def test_others_stop_nothing(desk: Desk, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        stop(desk, actor)


def test_where_nothing_is_awaited_nothing_is_stopped(desk: Desk) -> None:
    desk.hears(later("booked", "booked"))
    with pytest.raises(NothingAwaited):
        stop(desk, ADMIN)


def test_a_reason_is_given(desk: Desk) -> None:
    with pytest.raises(InvalidCommand):
        stop(desk, ADMIN, reason="")


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_role_at_each_place_may_what_the_matrix_says(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)
