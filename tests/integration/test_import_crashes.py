"""An import of agreements, killed wherever it can be: nothing shows before all does, and it ends as if it never was."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from chassis.store import database_at
from khunjerab.installation import Installation
from khunjerab.stack.backends import RunningBackends
from services.exchange.application import commands, queries
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.documented.ground import cleared
from tests.fixtures.installations import installations
from tests.integration.import_worker import confirmed, started
from tests.unit.exchange.test_imported_agreements import OUTCOME, TRAINING

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]

IMPORT = f"imp_{derived('an import of agreements')}"
STEPS = ("start", "check_import", "confirm", "apply_import")
PLACES = [
    ("start", "store.before-write"),
    ("start", "store.after-write"),
    ("check_import", "store.before-write"),
    ("check_import", "store.after-write"),
    ("confirm", "store.before-write"),
    ("confirm", "store.after-write"),
    ("apply_import", "store.before-write#1"),
    ("apply_import", "store.before-write#2"),
    ("apply_import", "store.before-write#3"),
    ("apply_import", "import.before-commit"),
    ("apply_import", "store.after-write"),
]
"""What is applied writes the import itself, a new agreement and an amendment."""


@pytest.fixture(scope="module")
def installation(backends: RunningBackends) -> Iterator[Installation]:
    """One for all: what takes long is making it."""
    with installations(backends) as make:
        yield make([EXCHANGE_ALONE])


@pytest.fixture
def mongo_url(installation: Installation) -> str:
    cleared(installation, ["exchange"])
    return installation.mongo_url("exchange")


def file_of(alliance: Alliance, folder: Path) -> Path:
    """A new agreement of two conditions, and another promise in the one that stands."""
    answer = alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "Agreements"}), alliance.manager)
    head, standing = base64.b64decode(answer["content"]).decode("utf-8-sig").splitlines()
    columns = head.split(",")
    rows = [",".join(f'"{row.get(column, "")}"' for column in columns) for row in (TRAINING, OUTCOME)]
    path = folder / "agreements.csv"
    path.write_text("\n".join([head, *rows, standing.replace(",100,1000,", ",120,1000,")]), "utf-8")
    return path


def arguments(alliance: Alliance, step: str, path: Path) -> list[str]:
    return {"start": [alliance.sending, str(path)], "confirm": [alliance.sending, "2"]}.get(step, [])


def done(alliance: Alliance, step: str, path: Path) -> None:
    """The step, in this process."""
    exchange, more = alliance.exchange, arguments(alliance, step, path)
    people: dict[str, Callable[..., None]] = {"start": started, "confirm": confirmed}
    if step in people:
        people[step](exchange, IMPORT, *more)
    else:
        getattr(exchange, step)(IMPORT, Context(derived(IMPORT, step), SYSTEM, exchange.clock.now()))


def killed(alliance: Alliance, mongo_url: str, step: str, path: Path, **env: str) -> int:
    """The step, in a process of its own; returns how that ended."""
    command = [sys.executable, "-m", "tests.integration.import_worker", mongo_url, IMPORT, step]
    command += arguments(alliance, step, path)
    return subprocess.run(command, env={**os.environ, **env}, timeout=100, check=False).returncode


def expired(backends: RunningBackends) -> None:
    """The database keeps the transaction of a client that died for a minute; this is what it does then.

    One test waits for it: `test_a_worker_that_dies_while_applying_leaves_nothing_and_the_next_one_does_all`.
    """
    with MongoClient[dict[str, Any]](backends.backends.mongo_admin_url) as administrator:
        administrator.admin.command({"killAllSessions": []})


def shown(alliance: Alliance) -> list[Any]:
    """The agreements as anybody sees them, without what depends on the moment or on chance."""
    exchange, found = alliance.exchange, []
    for each in exchange.stores.agreements.all():
        recorded = exchange.stores.agreements.recorded(each.id)
        texts = [
            (text.names["en"], text.note, [(one.id, one.visits_per_year) for one in text.conditions])
            for text in (version.text for version in each.state.versions)
        ]
        known = [(name, note, [(i == alliance.condition or i, n) for i, n in many]) for name, note, many in texts]
        found.append((each.state.state, each.version, known, [line.what for line in recorded.history]))
    return sorted(found, key=str)


def became(alliance: Alliance) -> tuple[str, list[str]]:
    recorded = alliance.exchange.stores.imports.recorded(IMPORT)
    return recorded.state.state, [line.what for line in recorded.history]


@pytest.mark.parametrize(("step", "place"), PLACES)
def test_it_is_taken_up_again_and_ends_the_same(
    step: str, place: str, mongo_url: str, backends: RunningBackends, tmp_path: Path
) -> None:
    alliance = Alliance(database_at(mongo_url))
    path, before = file_of(alliance, tmp_path), shown(alliance)
    for earlier in STEPS[: STEPS.index(step)]:
        done(alliance, earlier, path)
    crash = {"KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(tmp_path / "died")}
    assert killed(alliance, mongo_url, step, path, **crash) == -signal.SIGKILL
    expired(backends)
    wrote_all = (step, place) == ("apply_import", "store.after-write")
    assert (shown(alliance) == before) is not wrote_all
    assert killed(alliance, mongo_url, step, path, **crash) == 0
    for later in STEPS[STEPS.index(step) + 1 :]:
        done(alliance, later, path)
    assert became(alliance) == ("applied", ["started", "checked", "confirmed", "applied"])
    annex, memorandum = shown(alliance)
    assert (annex[0], annex[1], annex[3]) == ("draft", 1, ["drafted"])
    assert [n for _, n in annex[2][0][2]] == [6, 0]
    assert (memorandum[0], memorandum[1], memorandum[3][-1]) == ("in-effect", 4, "amended")
    assert memorandum[2][-1] == ("Memorandum", "", [(True, 120)])


def test_of_two_people_with_the_same_file_at_once_one_writes_and_the_other_finds_it_written(
    mongo_url: str, tmp_path: Path
) -> None:
    alliance = Alliance(database_at(mongo_url))
    exchange, path = alliance.exchange, file_of(alliance, tmp_path)
    content = base64.b64encode(path.read_bytes()).decode()
    fields = {"file": "agreements.csv", "sheet": "Agreements", "content": content}
    imports = []
    for who in (alliance.manager, alliance.host_manager):
        receipt = exchange.start_import(parsed(commands.StartImport, fields), alliance.context(who))
        exchange.check_import(receipt.id, alliance.context(SYSTEM))
        imports.append((receipt.id, who))

    def confirms(import_id: str, who: Any, seen: int = 2) -> str:
        command = parsed(commands.ConfirmImport, {"import_id": import_id, "expected_version": seen})
        try:
            return exchange.confirm_import(command, alliance.context(who, seen)).state
        except Refusal as refusal:
            return refusal.name

    def applies(import_id: str) -> None:
        exchange.apply_import(import_id, alliance.context(SYSTEM))

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(confirms, *zip(*imports, strict=True)))
        assert sorted(answers) == ["ImportRunning", "applying"]
        winner, loser = sorted(imports, key=lambda each: answers[imports.index(each)] == "ImportRunning")
        list(people.map(applies, [winner[0]] * 4))
    assert exchange.stores.imports.load(winner[0]).state.state == "applied"
    after = shown(alliance)
    assert confirms(*loser) == "applying"
    applies(loser[0])
    found = exchange.stores.imports.load(loser[0])
    assert (found.state.state, {each.name for each in found.state.conflicts}) == ("ready", {"ChangedMeanwhile"})
    assert dict(found.state.counts) == {"Agreements": {"unchanged": 3}}
    assert confirms(*loser, found.version) == "applying"
    applies(loser[0])
    assert (shown(alliance), len(after)) == (after, 2)


def test_given_up_while_it_is_applied_leaves_nothing(
    mongo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alliance = Alliance(database_at(mongo_url))
    path, before = file_of(alliance, tmp_path), shown(alliance)
    for step in STEPS[:3]:
        done(alliance, step, path)
    applying = sys.modules["services.exchange.application.commands.apply_import"]
    plan_of = applying.plan_of

    def planned_while_given_up(*args: Any) -> Any:
        monkeypatch.undo()
        fields = {"import_id": IMPORT, "expected_version": 3, "reason": "It takes too long"}
        alliance.exchange.cancel_import(parsed(commands.CancelImport, fields), alliance.context(alliance.manager, 3))
        return plan_of(*args)

    monkeypatch.setattr(applying, "plan_of", planned_while_given_up)
    done(alliance, "apply_import", path)
    assert (became(alliance)[0], shown(alliance)) == ("cancelled", before)
