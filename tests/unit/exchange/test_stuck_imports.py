"""An import that no worker finishes: taken up again or given up by a command, with the reason in its history."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, StaleVersion, Unknown
from chassis.kernel.ids import derived
from services.exchange.application import commands
from services.exchange.domain.importing import due
from services.exchange.domain.refusals import WrongState
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imports import BANO, MANAGER, checked, confirm, preview, work

WHY = "No worker came back to it"


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def applying(alliance: AllianceInMemory) -> Receipt:
    return confirm(alliance, checked(alliance, People=[BANO]))


def told(alliance: AllianceInMemory, command: type[Any], seen: Receipt, who: Actor = ADMIN) -> Receipt:
    fields = {"import_id": seen.id, "expected_version": seen.version, "reason": WHY}
    give: dict[type[Any], Callable[..., Receipt]] = {
        commands.ResumeImport: alliance.exchange.resume_import,
        commands.CancelImport: alliance.exchange.cancel_import,
    }
    return give[command](parsed(command, fields), alliance.context(who, seen.version))


def last_line(alliance: AllianceInMemory, import_id: str) -> tuple[str, str, str]:
    line = preview(alliance, import_id)["history"][-1]
    return line["what"], line["why"], line["by"]


def test_what_was_confirmed_is_taken_up_again_as_another_moment_of_the_same_timer(alliance: AllianceInMemory) -> None:
    seen = applying(alliance)
    (before,) = due(alliance.memory.fake_imports.load(seen.id).state)
    alliance.clock.advance(alliance.clock.moment.resolution)
    told(alliance, commands.ResumeImport, seen)
    (after,) = due(alliance.memory.fake_imports.load(seen.id).state)
    assert (before.name, after.name, after.at > before.at) == ("apply", "apply", True)
    assert last_line(alliance, seen.id) == ("resumed", WHY, "per_administrator")
    assert alliance.memory.fake_people.kept == {}
    work(alliance, seen.id)
    assert (preview(alliance, seen.id)["state"], len(alliance.memory.fake_people.kept)) == ("applied", 1)


def test_what_was_confirmed_is_given_up_and_lets_others_pass(alliance: AllianceInMemory) -> None:
    seen, other = applying(alliance), checked(alliance, People=[BANO])
    told(alliance, commands.CancelImport, seen)
    assert last_line(alliance, seen.id) == ("cancelled", WHY, "per_administrator")
    work(alliance, seen.id)
    assert (alliance.memory.fake_people.kept, confirm(alliance, other).state) == ({}, "applying")


def test_given_up_while_a_worker_writes_nothing_of_it_shows(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = applying(alliance)
    applying_module = sys.modules["services.exchange.application.commands.apply_import"]
    plan_of = applying_module.plan_of

    def decided_while_given_up(*args: Any) -> Any:
        monkeypatch.undo()
        told(alliance, commands.CancelImport, seen)
        return plan_of(*args)

    monkeypatch.setattr(applying_module, "plan_of", decided_while_given_up)
    alliance.exchange.apply_import(seen.id, replace(alliance.context(SYSTEM), command_id=derived(seen.id, "apply")))
    assert (preview(alliance, seen.id)["state"], alliance.memory.fake_people.kept) == ("cancelled", {})


def test_what_waits_for_nobody_is_not_taken_up(alliance: AllianceInMemory) -> None:
    view = checked(alliance, People=[BANO])
    with pytest.raises(WrongState):
        told(alliance, commands.ResumeImport, Receipt(view["id"], view["version"], ""))


@pytest.mark.parametrize("command", [commands.ResumeImport, commands.CancelImport])
def test_it_is_done_with_a_reason_by_who_may_on_what_they_saw(alliance: AllianceInMemory, command: type[Any]) -> None:
    seen = applying(alliance)
    with pytest.raises(InvalidCommand):
        parsed(command, {"import_id": seen.id, "expected_version": seen.version})
    with pytest.raises(StaleVersion):
        told(alliance, command, replace(seen, version=1))
    with pytest.raises(Unknown):
        told(alliance, command, seen, MANAGER)
