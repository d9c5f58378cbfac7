"""Who stands in for a person: who may say so, what is refused, and when a deputy is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, ROLES, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from chassis.kernel.ids import derived
from services.notify.application import commands, queries
from services.notify.application.deputies import deputies_of, deputies_of_absent
from services.notify.application.reactions.notify_of import notify_of
from services.notify.domain import permissions
from services.notify.domain.asking import question_of
from services.notify.domain.deputy import Deputation
from services.notify.domain.notification import Notification
from services.notify.domain.refusals import (
    AbsenceOver,
    AbsenceReversed,
    DeputyOfOneself,
    NoDeputy,
    OfNoSiteOfTheirs,
)
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory
from tests.fakes.notify import FakeNotifications, FakePeople
from tests.unit.notify.samples import person, told_of
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
"""3 March already in Gilgit and Kashgar, 2 March still in UTC."""
GILGIT, KASHGAR = PLACES["sending"], PLACES["host"]
ALI = replace(person("per_ali"), sites=(GILGIT,))
BANO = replace(person("per_bano", "ur"), sites=(GILGIT,))
GUO = replace(person("per_guo", "zh"), sites=(KASHGAR,))
SELF = Actor("per_ali", frozenset({VISITOR}))
BOTH_COORDINATE = Actor("per_hussain", frozenset({COORDINATOR}), frozenset({GILGIT}))


class Desk:
    """Commands and questions about deputies, on documents in memory."""

    def __init__(self) -> None:
        self.deputies = InMemoryDocuments[Deputation](Memory(), "deputation", lambda each: each.state)
        self.people = FakePeople(ALI, BANO, GUO)
        self._calls = 0

    def name(self, actor: Actor = SELF, command_id: str = "", **fields: Any) -> Any:
        command = parsed(commands.NameDeputy, {"person_id": "per_ali", "deputy_id": "per_bano", **fields})
        return commands.name_deputy(command, self._context(actor, command_id), self.deputies, self.people)

    def withdraw(self, actor: Actor = SELF, version: int = 1, command_id: str = "") -> Any:
        command = parsed(commands.WithdrawDeputy, {"person_id": "per_ali", "expected_version": version})
        context = replace(self._context(actor, command_id), expected_version=version)
        return commands.withdraw_deputy(command, context, self.deputies, self.people)

    def shown(self, actor: Actor = SELF, now: datetime = NOW, **fields: Any) -> Any:
        return queries.deputy(parsed(queries.AskDeputy, fields), actor, now, self.deputies, self.people)

    def _context(self, actor: Actor, command_id: str) -> Context:
        self._calls += 1
        return Context(command_id or derived(str(self._calls)), actor, NOW)


@pytest.fixture
def desk() -> Desk:
    return Desk()


MATRIX: Matrix = {
    "name a deputy for somebody of the sending site": (
        lambda actor: permissions.may_name_deputy(actor, ALI),
        {PROGRAMME_MANAGER, COORDINATOR},
        {"sending"},
    ),
    "withdraw a deputy of somebody of the sending site": (
        lambda actor: permissions.may_withdraw_deputy(actor, ALI, None),
        {PROGRAMME_MANAGER, COORDINATOR},
        {"sending"},
    ),
}


@pytest.mark.parametrize(("command", "role", "place"), [each for each in cells(MATRIX) if each[1] != ADMINISTRATOR])
def test_each_command_is_allowed_to_those_roles_at_those_places_alone(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)


@pytest.mark.parametrize("command", MATRIX)
def test_administrators_do_it_for_anybody(command: str) -> None:
    MATRIX[command][0](Actor("per_x", frozenset({ADMINISTRATOR})))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybody_names_their_own_in_any_role(role: str, desk: Desk) -> None:
    assert desk.name(Actor("per_ali", frozenset({role}))).state == "named"
    assert desk.shown()["deputy"] == "per_bano"


def test_the_system_names_nobody(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.name(SYSTEM)


def test_a_deputy_may_decline_to_be_one_and_names_nobody_in_their_place(desk: Desk) -> None:
    desk.name()
    deputy = Actor("per_bano", frozenset({VISITOR}))
    with pytest.raises(NotAllowed):
        desk.name(deputy, deputy_id="per_guo")
    assert desk.withdraw(deputy).state == "withdrawn"
    assert desk.shown()["deputy"] is None


def test_naming_again_leaves_one_and_the_later_holds(desk: Desk) -> None:
    desk.people.known["per_guo"] = replace(GUO, sites=(KASHGAR, GILGIT))
    first, second = desk.name(), desk.name(deputy_id="per_guo")
    assert (first.id, first.version, second.version) == (second.id, 1, 2)
    assert desk.shown()["deputy"] == "per_guo"
    assert len(desk.deputies.kept) == 1


def test_the_same_command_again_has_one_effect(desk: Desk) -> None:
    again = derived("once")
    assert desk.name(command_id=again) == desk.name(command_id=again)
    gone = derived("gone")
    assert desk.withdraw(command_id=gone) == desk.withdraw(command_id=gone)
    assert [line.what for line in desk.deputies.recorded(desk.name().id).history] == ["named", "withdrawn", "named"]


def test_a_withdrawal_of_what_has_changed_meanwhile_is_refused(desk: Desk) -> None:
    desk.name()
    desk.name(first="2026-03-05")
    with pytest.raises(StaleVersion):
        desk.withdraw(version=1)


def test_where_nobody_stands_in_nobody_is_withdrawn(desk: Desk) -> None:
    with pytest.raises(NoDeputy):
        desk.withdraw()
    desk.name()
    desk.withdraw()
    with pytest.raises(NoDeputy):
        desk.withdraw(version=2)


def test_what_makes_no_deputy_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(DeputyOfOneself):
        desk.name(deputy_id="per_ali")
    with pytest.raises(OfNoSiteOfTheirs):
        desk.name(deputy_id="per_guo")
    with pytest.raises(AbsenceReversed):
        desk.name(first="2026-03-09", last="2026-03-08")
    with pytest.raises(AbsenceOver) as over:
        desk.name(last="2026-03-02")
    assert over.value.facts == {"last": "2026-03-02", "today": "2026-03-03"}
    for nobody in ("person_id", "deputy_id"):
        with pytest.raises(Unknown):
            desk.name(Actor("per_x", frozenset({ADMINISTRATOR})), **{nobody: "per_nobody"})
    for wrong in ("Bano", "sit_gilgit", ""):
        with pytest.raises(InvalidCommand):
            desk.name(deputy_id=wrong)
    assert not desk.deputies.kept


def test_two_people_may_stand_in_for_each_other_and_neither_is_followed_further(desk: Desk) -> None:
    desk.name()
    desk.name(Actor("per_bano"), person_id="per_bano", deputy_id="per_ali")
    both = deputies_of(["per_ali", "per_bano", "per_guo"], desk.deputies)
    assert both == {"per_ali": "per_bano", "per_bano": "per_ali"}


@pytest.mark.parametrize(
    ("first", "last", "away_from", "away_until"),
    [
        ("2026-03-05", "2026-03-07", 5, 7),
        ("2026-03-05", None, 5, 31),
        (None, "2026-03-07", 3, 7),
        (None, None, 0, 0),
    ],
)
def test_an_absence_has_its_days_by_the_persons_own_calendar(
    desk: Desk, first: str | None, last: str | None, away_from: int, away_until: int
) -> None:
    desk.name(first=first, last=last)
    for day in range(3, 32):
        # One minute before midnight and after it, where the person is: 19:00 UTC.
        for minutes in (1, 24 * 60 - 1):
            moment = datetime(2026, 3, day, tzinfo=UTC) - timedelta(hours=5) + timedelta(minutes=minutes)
            expected = {"per_ali": "per_bano"} if away_from <= day <= away_until else {}
            assert deputies_of_absent(["per_ali"], moment, desk.deputies, desk.people) == expected
            assert desk.shown(now=moment)["away"] is bool(expected)


def test_whoever_is_withdrawn_is_told_nothing_more(desk: Desk) -> None:
    desk.name(first="2026-03-01")
    assert deputies_of_absent(["per_ali"], NOW, desk.deputies, desk.people) == {"per_ali": "per_bano"}
    desk.withdraw()
    assert deputies_of_absent(["per_ali"], NOW, desk.deputies, desk.people) == {}
    assert deputies_of(["per_ali"], desk.deputies) == {}


def test_the_question_is_answered_whole_and_to_those_alone_who_look_after_it(desk: Desk) -> None:
    nobody = {"person": "per_ali", "deputy": None, "first": None, "last": None, "away": False, "version": None}
    assert desk.shown() == nobody
    desk.name(first="2026-03-03", last="2026-03-09")
    whole = nobody | {"deputy": "per_bano", "first": "2026-03-03", "last": "2026-03-09", "away": True, "version": 1}
    for who in (SELF, BOTH_COORDINATE, Actor("per_bano"), SYSTEM, Actor("per_x", frozenset({ADMINISTRATOR}))):
        assert desk.shown(who, person_id="per_ali") == whole
    with pytest.raises(Unknown):
        desk.shown(Actor("per_guo", frozenset({PROGRAMME_MANAGER}), frozenset({KASHGAR})), person_id="per_ali")


def test_of_somebody_unknown_here_administrators_alone_learn_that_nobody_stands_in(desk: Desk) -> None:
    assert desk.shown(Actor("per_x", frozenset({ADMINISTRATOR})), person_id="per_nobody")["deputy"] is None
    with pytest.raises(Unknown):
        desk.shown(BOTH_COORDINATE, person_id="per_nobody")


def test_a_day_is_written_as_one(desk: Desk) -> None:
    with pytest.raises(InvalidCommand):
        desk.name(first="tomorrow")
    assert desk.name(first=date(2026, 3, 5)).version == 1


PROPOSED = told_of("exchange.visit.proposed.v1")
COORDINATOR_OF_HOST = PROPOSED[1].model_dump(mode="json")["host_site"]["coordinators"][0]


def told_while_away(*events: Any, deputy: str = "per_deputy", away: str = COORDINATOR_OF_HOST) -> list[Notification]:
    """What is queued of the events while somebody is away, whose deputy that is."""
    kept = FakeNotifications(lambda: 0.0)
    notify_of(events, kept, NOW, lambda people, _now: {away: deputy} if away in people else {})
    return [each.state for each in kept.kept.values()]


def test_who_is_away_and_is_asked_has_their_deputy_told_beside_them() -> None:
    told = {(each.recipient, each.purpose, each.because) for each in told_while_away(PROPOSED)}
    assert (COORDINATOR_OF_HOST, "reply-asked", "host-coordinator") in told
    assert ("per_deputy", "reply-asked", "deputy") in told


def test_what_asks_nothing_of_who_is_away_is_not_told_to_their_deputy() -> None:
    visitor = PROPOSED[1].model_dump(mode="json")["visitors"][0]
    for event in ("exchange.visit.fulfilled.v1", "exchange.visit.booked.v1"):
        for away in (COORDINATOR_OF_HOST, visitor):
            told = told_while_away(told_of(event), away=away)
            assert not [each for each in told if each.recipient == "per_deputy"]


def test_a_deputy_who_is_told_anyway_is_told_once() -> None:
    visitor = PROPOSED[1].model_dump(mode="json")["visitors"][0]
    told = told_while_away(PROPOSED, deputy=visitor)
    assert [each.purpose for each in told if each.recipient == visitor] == ["visit-proposed-for-you"]


def test_a_deputy_answers_by_no_link_and_gets_no_file_for_their_calendar() -> None:
    invited = told_of("exchange.consultation.invited.v1")
    asked = next(each for each in told_while_away(invited) if question_of(each))
    (message,) = [each for each in told_while_away(invited, away=asked.recipient) if each.recipient == "per_deputy"]
    assert (message.calendar, question_of(message)) == (None, None)


def test_the_event_again_tells_nobody_twice() -> None:
    assert len(told_while_away(PROPOSED, PROPOSED)) == len(told_while_away(PROPOSED))
