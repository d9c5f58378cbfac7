"""Timers on the real database: once, whoever notices, whatever dies in between."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal, WriteConflict
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.timers import LATER, Fire, Timers
from services.exchange.application import commands
from services.exchange.domain.cancelling import LAPSE
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    installation = make_installation([EXCHANGE_ALONE])
    return Alliance(database_at(installation.mongo_url("exchange")), acceptance=("sending-site", "host-department"))


def timers(alliance: Alliance, fire: Callable[[str, Context], None] | None = None) -> Timers:
    fires = {LAPSE: fire or alliance.exchange.lapse_visit}
    return Timers(alliance.database["visits"], fires, alliance.clock)


def stored(alliance: Alliance, visit: Receipt) -> dict[str, Any]:
    return alliance.database["visits"].find_one({"_id": visit.id}) or {}


def test_a_pending_visit_lapses_when_its_replies_are_due_and_gives_everything_back(alliance: Alliance) -> None:
    visit = alliance.accept(alliance.propose())
    assert visit.state == "pending"
    alliance.clock.advance(FORTNIGHT)
    assert timers(alliance).run_due() == 1
    after = stored(alliance, visit)
    assert after["state"] == "cancelled"
    assert "holds" not in after
    assert after["history"][-1]["what"] == "lapsed"
    assert alliance.balance()["visits"]["held"] == 0


def test_nothing_lapses_before_its_time(alliance: Alliance) -> None:
    visit = alliance.propose()
    alliance.clock.advance(FORTNIGHT - timedelta(seconds=1))
    assert timers(alliance).run_due() == 0
    assert stored(alliance, visit)["state"] == "proposed"


def test_two_copies_that_both_saw_it_due_have_one_effect(alliance: Alliance) -> None:
    visit = alliance.propose()
    alliance.clock.advance(FORTNIGHT)
    first, second = timers(alliance), timers(alliance)
    seen_by_both = first._due(alliance.clock.now(), 10)
    tried = [one._run(timer, alliance.clock.now()) for one in (first, second) for timer in seen_by_both]
    assert tried == [True, False]
    assert [line["what"] for line in stored(alliance, visit)["history"]] == ["proposed", "lapsed"]


def flagging(alliance: Alliance, command_id: Callable[[Context], str]) -> Callable[[str, Context], None]:
    """A timer whose effect, unlike a lapse, could happen again and again: only the command's id marks a repeat."""

    def flag(visit_id: str, context: Context) -> None:
        visits = alliance.database["visits"]
        mark = command_id(context)
        visits.update_one({"_id": visit_id, "flags": {"$ne": mark}}, {"$push": {"flags": mark}})

    return flag


@pytest.mark.parametrize(
    ("command_id", "effects"),
    [
        (lambda context: context.command_id, 1),
        (lambda context: derived(context.command_id, str(id(context))), 2),
    ],
    ids=["command id from document, name and moment", "guard removed: a new id each time"],
)
def test_a_crash_between_effect_and_note_repeats_the_same_command(
    alliance: Alliance, command_id: Callable[[Context], str], effects: int
) -> None:
    visit = alliance.propose()
    alliance.clock.advance(FORTNIGHT)
    contexts: list[Context] = []  # kept, so that no two share an address

    def counted(context: Context) -> str:
        contexts.append(context)
        return command_id(context)

    died = timers(alliance, flagging(alliance, counted))
    died._clear = lambda *_: None  # type: ignore[method-assign] # it dies here, before it could note the effect
    died.run_due()
    alliance.clock.advance(LATER)
    timers(alliance, flagging(alliance, counted)).run_due()
    assert len(stored(alliance, visit)["flags"]) == effects
    assert stored(alliance, visit)["due"] == []


class Killed(BaseException):
    """The end of the process: nothing on the way may catch it."""


@pytest.mark.parametrize("failure", [RuntimeError("a bug"), WriteConflict(id="somebody is always quicker"), Killed()])
def test_a_timer_that_fails_is_put_off_and_those_behind_it_get_their_turn(
    alliance: Alliance, failure: BaseException
) -> None:
    poisoned, good = alliance.propose(), alliance.propose()

    def lapse(visit_id: str, context: Context) -> None:
        if visit_id == poisoned.id:
            raise failure
        alliance.exchange.lapse_visit(visit_id, context)

    alliance.clock.advance(FORTNIGHT)
    for _ in range(2):  # the second round is that of the process's next life, where it was killed
        with suppress(Killed):
            timers(alliance, lapse).run_due()
    assert stored(alliance, good)["state"] == "cancelled"
    assert stored(alliance, poisoned)["state"] == "proposed"
    assert timers(alliance, lapse).run_due() == 0, "it is put off"
    alliance.clock.advance(LATER)
    assert timers(alliance).run_due() == 1
    assert stored(alliance, poisoned)["state"] == "cancelled", "with the bug mended it has its effect"


def test_the_oldest_come_first_where_one_round_does_not_take_them_all(alliance: Alliance) -> None:
    oldest_last = [alliance.propose() for _ in range(4)]
    visits, now = alliance.database["visits"], alliance.clock.now()
    for hours, visit in enumerate(oldest_last, 1):
        at = now - timedelta(hours=hours)
        moments = {"never": now + FORTNIGHT, "second": at + timedelta(minutes=1), "first": at}
        due = [{"name": name, "moment": moment, "at": moment} for name, moment in moments.items()]
        visits.update_one({"_id": visit.id}, {"$set": {"due": due}})
    tried: list[tuple[str, str]] = []

    def trying(name: str) -> Fire:
        return lambda visit_id, _: tried.append((visit_id, name))

    fires = {name: trying(name) for name in ("first", "second")}
    while Timers(visits, fires, alliance.clock).run_due(limit=2):
        pass
    assert tried == [(visit.id, name) for visit in reversed(oldest_last) for name in ("first", "second")]


def test_a_refused_timer_is_done_with(alliance: Alliance) -> None:
    visit = alliance.propose()

    def refuse(visit_id: str, context: Context) -> None:
        raise Refusal(id=visit_id)

    alliance.clock.advance(FORTNIGHT)
    timers(alliance, refuse).run_due()
    assert stored(alliance, visit)["due"] == []


def test_what_is_decided_while_a_timer_is_tried_keeps_the_timer_that_it_asks_for(alliance: Alliance) -> None:
    visit = alliance.propose()

    def noted_meanwhile(visit_id: str, _: Context) -> None:
        note = {"visit_id": visit_id, "text": "We answer today.", "expected_version": visit.version}
        command = parsed(commands.AddNote, note)
        alliance.exchange.add_note(command, alliance.context(alliance.manager, visit.version))

    alliance.clock.advance(FORTNIGHT)
    assert timers(alliance, noted_meanwhile).run_due() == 1
    assert stored(alliance, visit)["state"] == "proposed"
    assert timers(alliance).run_due() == 1
    assert stored(alliance, visit)["state"] == "cancelled"


def test_an_open_visit_waits_for_its_replies_and_a_booked_one_waits_for_nothing(alliance: Alliance) -> None:
    visit = alliance.propose()
    waiting = stored(alliance, visit)["due"]
    assert [(entry["name"], entry["at"]) for entry in waiting] == [(LAPSE, alliance.clock.now() + FORTNIGHT)]
    booked = alliance.reply(alliance.accept(visit), "accepted", party="sending-site")
    assert booked.state == "booked"
    assert "due" not in stored(alliance, visit)
