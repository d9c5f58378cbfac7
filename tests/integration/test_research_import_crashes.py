"""Imports of references and mergings, killed wherever they can be: nothing half-done shows, and they end the same."""

import base64
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.clock import SystemClock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from khunjerab.installation import Installation
from khunjerab.stack.backends import RunningBackends
from services.research.application.importing.progress import AT_ONCE
from services.research.bootstrap import Research
from services.research.domain.importing.importing import BATCH, due
from services.research.domain.importing.records import as_read
from services.research.domain.references import Reference
from services.research.manifest import MANIFEST
from tests.documented.ground import cleared
from tests.fixtures.installations import installations
from tests.integration.research_import_worker import MANAGER, merged
from tests.unit.research import given
from tests.unit.research.importing import bring, confirm, decide, listed, paper, work

pytestmark = [pytest.mark.broker, pytest.mark.timeout(120)]

RESEARCH_ALONE = replace(MANIFEST, subscribes_to=())
PLACES = [
    ("read_import", "store.after-write", 8),
    ("check_import", "store.before-write", 8),
    ("apply_import", "store.before-write#2", 8),
    ("apply_import", "import.before-commit", 8),
    ("apply_import", "store.after-write", BATCH + 2),
]
"""The step, where its first batch is killed, and of how many records."""


@pytest.fixture(scope="module")
def installation(backends: RunningBackends) -> Iterator[Installation]:
    """One for all: what takes long is making it."""
    with installations(backends) as make:
        yield make([RESEARCH_ALONE])


@pytest.fixture
def mongo_url(installation: Installation) -> str:
    cleared(installation, ["research"])
    return installation.mongo_url("research")


def file_of(records: int) -> str:
    return "".join(paper(f"key{number}", f"Paper on subject number {number}") for number in range(records))


def killed(mongo_url: str, place: str, died: Path, *step: str) -> None:
    """The step, in a process of its own that does not live to its end."""
    env = {**os.environ, "KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(died)}
    command = [sys.executable, "-m", "tests.integration.research_import_worker", mongo_url, *step]
    assert subprocess.run(command, env=env, timeout=100, check=False).returncode == -signal.SIGKILL


def expired(backends: RunningBackends) -> None:
    """The database keeps the transaction of a client that died for a minute; this is what it does then."""
    with MongoClient[dict[str, Any]](backends.backends.mongo_admin_url) as administrator:
        administrator.admin.command({"killAllSessions": []})


def test_what_a_worker_had_read_that_died_is_read_again_and_kept_once(
    mongo_url: str, backends: RunningBackends, tmp_path: Path
) -> None:
    research = Research(database_at(mongo_url), SystemClock())
    import_id = bring(research, file_of(AT_ONCE + 2), MANAGER)
    killed(mongo_url, "store.after-write#1", tmp_path / "died", "read_import", import_id)
    expired(backends)
    left = research.stores.imports.load(import_id).state
    assert (left.state, left.done, left.records) == ("reading", AT_ONCE, AT_ONCE + 2)
    assert research.stores.import_records.batch(import_id, 0) == []
    (again,) = due(left)
    assert again.at > left.asked_at
    work(research, import_id, until=("checking",))
    numbers = [each.number for batch in research.stores.import_records.batches(import_id) for each in batch]
    assert numbers == list(range(1, AT_ONCE + 3))
    assert research.stores.import_files.of(import_id) == b""


def test_a_batch_is_kept_whole_however_long_its_records_are(mongo_url: str) -> None:
    research = Research(database_at(mongo_url), SystemClock())
    kept, atomically = research.stores.import_records, research.stores.imports.atomically
    note = base64.b64encode(random.Random(5).randbytes(90_000)).decode()
    long = [
        as_read(1, Reference("key", "publication", "T", also={"bibtex:note": note[n:] + note[:n]}))
        for n in range(BATCH)
    ]
    short = [as_read(1, Reference("key", "publication", "T"))]
    for records in (long, short, long):
        atomically(partial(kept.write, "imp_1", 0, records))
        atomically(partial(kept.write, "imp_1", 1, short))
        assert list(kept.batches("imp_1")) == [records, short]


@pytest.mark.parametrize(("step", "place", "records"), PLACES)
def test_it_goes_on_where_it_stood_and_writes_nothing_twice_nor_half(
    step: str, place: str, records: int, mongo_url: str, backends: RunningBackends, tmp_path: Path
) -> None:
    database = database_at(mongo_url)
    research = Research(database, SystemClock())
    import_id = bring(research, file_of(records), MANAGER)
    if step == "apply_import":
        work(research, import_id)
        confirm(research, import_id, MANAGER)
    else:
        work(research, import_id, until=({"read_import": "reading", "check_import": "checking"}[step],))
    killed(mongo_url, place, tmp_path / "died", step, import_id)
    expired(backends)
    written = BATCH if records > BATCH else 0
    assert database["outcomes"].count_documents({}) == written
    assert listed(research, MANAGER) == []
    if work(research, import_id) == "ready":
        confirm(research, import_id, MANAGER)
        work(research, import_id)
    became = research.stores.imports.load(import_id).state
    assert (became.state, became.done, dict(became.became)) == ("applied", records, {"imported": records})
    titles = {each["title"] for each in listed(research, MANAGER)}
    assert len(titles) == len(listed(research, MANAGER)) == records
    assert [research.stores.import_records.batch(import_id, 0), research.stores.import_files.of(import_id)] == [[], b""]


@pytest.mark.parametrize("place", ["store.before-write#2", "store.before-write#3", "import.before-commit"])
def test_what_is_merged_shows_with_all_that_is_new_or_not_at_all(
    place: str, mongo_url: str, backends: RunningBackends, tmp_path: Path
) -> None:
    research = Research(database_at(mongo_url), SystemClock())
    for each in ("out_1", "out_2"):
        outcome, context = given.at("disclosure", id=each, doi=""), Context(derived("keep", each), SYSTEM, given.NOW)
        research.stores.outcomes.add(each, Decision(outcome, what="kept"), context)
    file = (
        file_of(8)
        + paper("m1", "Merged into one", doi="10.1000/181")
        + paper("m2", "Into the other", doi="10.1000/182")
    )
    import_id = bring(research, file, MANAGER)
    work(research, import_id)
    for number, into in ((9, "out_1"), (10, "out_2")):
        decide(research, import_id, MANAGER, choice="merge", records=[number], into=into)
    confirm(research, import_id, MANAGER)
    research.apply_import(import_id, Context(derived(import_id, "batch"), SYSTEM, research.clock.now()))
    killed(mongo_url, place, tmp_path / "died", "apply_import", import_id)
    expired(backends)
    assert [(each["id"], each["version"]) for each in listed(research, MANAGER)] == [("out_2", 1), ("out_1", 1)]
    assert work(research, import_id) == "applied"
    assert dict(research.stores.imports.load(import_id).state.became) == {"imported": 8, "merged": 2}
    stand = [research.stores.outcomes.load(each) for each in ("out_1", "out_2")]
    assert [(each.version, each.state.doi) for each in stand] == [(2, "10.1000/181"), (2, "10.1000/182")]
    assert len(listed(research, MANAGER)) == 10


def test_of_two_that_are_merged_both_are_written_or_none(
    mongo_url: str, backends: RunningBackends, tmp_path: Path
) -> None:
    research = Research(database_at(mongo_url), SystemClock())
    for each in ("out_1", "out_2"):
        outcome, context = given.at("disclosure", id=each), Context(derived("keep", each), SYSTEM, given.NOW)
        research.stores.outcomes.add(each, Decision(outcome, what="kept"), context)
    killed(mongo_url, "store.before-write#2", tmp_path / "died", "merge_outcomes", "out_1", "out_2")
    expired(backends)
    stand = [research.stores.outcomes.load(each) for each in ("out_1", "out_2")]
    assert [(each.version, each.state.state) for each in stand] == [(1, "reported"), (1, "reported")]
    merged(research, "out_1", "out_2")
    stand = [research.stores.outcomes.load(each) for each in ("out_1", "out_2")]
    assert [(each.version, each.state.state) for each in stand] == [(2, "reported"), (2, "merged")]
