"""An import that a worker fails at says so, is tried again later and later, and forgets it when it works."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unavailable, WriteConflict
from chassis.kernel.failing import PAUSES
from chassis.kernel.ids import derived
from services.exchange.application import commands
from services.exchange.bootstrap import imports as bootstrap
from services.exchange.domain.importing import due
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imports import BANO, checked, confirm, preview, started, xlsx
from tests.unit.exchange.test_stuck_imports import told

SECRET = "bano@gilgit.example"


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


@pytest.fixture(params=["check_import", "apply_import"])
def step(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def waiting(alliance: AllianceInMemory, step: str) -> Receipt:
    if step == "check_import":
        return started(alliance, xlsx(alliance, People=[BANO]))
    return confirm(alliance, checked(alliance, People=[BANO]))


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, step: str, error: Exception) -> Iterator[None]:
    """No row can be decided on."""

    def fails(*_: Any) -> Any:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(sys.modules[f"services.exchange.application.commands.{step}"], "plan_of", fails)
        yield


def due_at(alliance: AllianceInMemory, import_id: str) -> Any:
    (found,) = due(alliance.memory.fake_imports.load(import_id).state)
    return found.at


def tried(alliance: AllianceInMemory, step: str, import_id: str) -> None:
    """As the timer does it: the command's id is made of the moment."""
    command_id = derived(import_id, step, due_at(alliance, import_id).isoformat())
    context = replace(alliance.context(SYSTEM), command_id=command_id)
    getattr(alliance.exchange, step)(import_id, context)


def failed_once(alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str) -> Receipt:
    seen = waiting(alliance, step)
    with broken(monkeypatch, step, KeyError(SECRET)), pytest.raises(KeyError):
        tried(alliance, step, seen.id)
    return replace(seen, version=alliance.memory.fake_imports.load(seen.id).version)


def test_what_fails_is_told_by_its_type_and_never_by_its_text(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    seen = failed_once(alliance, monkeypatch, step)
    now, view = alliance.clock.now(), preview(alliance, seen.id)
    shown = {name: view["failing"][name] for name in ("error", "times")}
    assert shown == {"error": "KeyError", "times": 1}
    assert view["failing"]["since"] == view["failing"]["last"] != view["failing"]["again_at"]
    assert (view["history"][-1]["what"], view["history"][-1]["why"]) == ("failed", "KeyError")
    assert SECRET not in repr(view["failing"]) + repr(view["history"])
    assert due_at(alliance, seen.id) == now + PAUSES[0]


def test_it_is_tried_again_later_and_later(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    seen, pauses = waiting(alliance, step), []
    with broken(monkeypatch, step, ZeroDivisionError()):
        for _ in range(len(PAUSES) + 2):
            with pytest.raises(ZeroDivisionError):
                tried(alliance, step, seen.id)
            pauses.append(due_at(alliance, seen.id) - alliance.clock.now())
            alliance.clock.advance(pauses[-1])
    assert pauses == [*PAUSES, PAUSES[-1], PAUSES[-1]]
    assert preview(alliance, seen.id)["failing"]["times"] == len(pauses)


def test_when_it_works_the_note_is_gone(alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    seen = failed_once(alliance, monkeypatch, step)
    alliance.clock.advance(PAUSES[0])
    tried(alliance, step, seen.id)
    view = preview(alliance, seen.id)
    assert (view["state"], view["failing"]) == ("ready" if step == "check_import" else "applied", None)


def test_it_is_resumed_at_once_and_what_is_known_of_it_stands_until_it_works(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    seen = failed_once(alliance, monkeypatch, step)
    alliance.clock.advance(timedelta(seconds=1))
    told(alliance, commands.ResumeImport, seen)
    assert due_at(alliance, seen.id) == alliance.clock.now()
    assert preview(alliance, seen.id)["failing"]["times"] == 1
    tried(alliance, step, seen.id)
    assert preview(alliance, seen.id)["failing"] is None


def test_it_is_given_up(alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    seen = failed_once(alliance, monkeypatch, step)
    told(alliance, commands.CancelImport, seen)
    view = preview(alliance, seen.id)
    assert (view["state"], view["failing"], alliance.memory.fake_people.kept) == ("cancelled", None, {})


def test_that_something_is_away_is_no_failure_and_that_others_keep_writing_is_one(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    seen = waiting(alliance, step)
    with broken(monkeypatch, step, Unavailable()), pytest.raises(Unavailable):
        tried(alliance, step, seen.id)
    assert preview(alliance, seen.id)["failing"] is None
    with broken(monkeypatch, step, WriteConflict()), pytest.raises(WriteConflict):
        tried(alliance, step, seen.id)
    assert preview(alliance, seen.id)["failing"]["error"] == "WriteConflict"


def test_a_try_that_is_told_twice_has_failed_once(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    seen = waiting(alliance, step)
    context = alliance.context(SYSTEM)
    with broken(monkeypatch, step, KeyError(SECRET)):
        for _ in range(2):
            with pytest.raises(KeyError):
                getattr(alliance.exchange, step)(seen.id, context)
    assert preview(alliance, seen.id)["failing"]["times"] == 1


def test_without_the_guard_nobody_would_hear_of_it(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    @contextmanager
    def nothing(*_: Any) -> Iterator[None]:
        yield

    monkeypatch.setattr(bootstrap, "failures_told", nothing)
    seen = failed_once(alliance, monkeypatch, step)
    assert preview(alliance, seen.id)["failing"] is None
