"""Stores that stay on disk between runs, as filling them takes a while."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pymongo import MongoClient

from benchmarks.stored.hospitals import Hospital, Hospitals
from benchmarks.stored.seeding import seed
from chassis.store import database_at
from khunjerab.bootstrap.database import prepare_database
from khunjerab.installation import Backends, Installation
from khunjerab.stack.database import create_administrator, database_program, mongo_admin_url
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import Secrets, load_secrets
from khunjerab.stack.supervised import Supervised
from khunjerab.stack.waiting import wait_until_ready
from services.exchange.manifest import MANIFEST
from tests.alliance import EXCHANGE_ALONE

ROOT = Path(__file__).parents[2]
MADE_BY = (
    "benchmarks/stored/copies.py",
    "benchmarks/stored/counting.py",
    "benchmarks/stored/seeding.py",
    "benchmarks/stored/templates.py",
    "tests/alliance.py",
    "chassis/store/shape.py",
    "chassis/store/writing.py",
    "services/exchange/adapters/shapes.py",
    "services/exchange/domain/visit.py",
)
"""What decides how the stored documents look: with other texts, or other indexes, they are made anew."""

SECONDS_TO_START = 120.0
PATIENCE = 300.0
"""Seconds for the server to write down what it holds when it is told to end."""


@contextmanager
def kept(visits: int, hospitals: int, place: Path) -> Iterator[Hospitals]:
    """A database server of its own with so many visits, in a directory under `place`; filled where it is not yet."""
    directory = RunDirectory(place / f"visits-{visits}-{_fingerprint(hospitals)}")
    note = directory.root / "seeded.json"
    if not note.exists():
        print(f"storing {visits:,} visits in {directory.root}, this once")
        for older in place.glob(f"visits-{visits}-*"):
            shutil.rmtree(older)
        _fill(directory, visits, hospitals, note)
    seeded = json.loads(note.read_text())
    print(f"{seeded['visits']:,} visits are stored; storing them took {seeded['seconds']:.0f} s")
    with _server(directory, durable=True) as url:
        listed = [Hospital.listed(each) for each in seeded["hospitals"]]
        yield Hospitals(database_at(url), listed, seeded["visits"])


def _fill(directory: RunDirectory, visits: int, hosts: int, note: Path) -> None:
    began = time.monotonic()
    # Not as a service is connected: whatever this takes, there is patience for it.
    with _server(directory, durable=False) as url, MongoClient[dict[str, Any]](url, tz_aware=True) as client:
        hospitals, written = seed(client.get_default_database(), visits, hosts)
        _prepare(url, directory)
    kept = {"visits": written, "seconds": time.monotonic() - began, "hospitals": [asdict(each) for each in hospitals]}
    note.write_text(json.dumps(kept))


def _prepare(url: str, directory: RunDirectory) -> None:
    """Logins and indexes, when everything is there: building an index takes longer than any patience of a service."""
    passwords = _secrets(directory).passwords
    installation = Installation(Backends("", "", urlsplit(url)._replace(path="/").geturl()), passwords)
    with MongoClient[dict[str, Any]](installation.backends.mongo_admin_url) as client:
        prepare_database(client, installation, (EXCHANGE_ALONE,))


@contextmanager
def _server(directory: RunDirectory, *, durable: bool) -> Iterator[str]:
    """The administrator's address of the exchange's database. What is only being filled needs no sync of each write."""
    secrets = _secrets(directory)
    program = database_program(directory, secrets)
    create_administrator(program, directory, secrets)
    if not durable:
        program = replace(program, argv=tuple(part for part in program.argv if part != "--sync-on-commit"))
    server = Supervised(replace(program, patience=PATIENCE), directory.log("database"))
    server.start()
    try:
        wait_until_ready([server], SECONDS_TO_START)
        yield urlsplit(mongo_admin_url(secrets))._replace(path="/exchange").geturl()
    finally:
        server.ask_to_stop()
        server.make_stop()


def _secrets(directory: RunDirectory) -> Secrets:
    return load_secrets(directory, ("mongo",))


def _fingerprint(hospitals: int) -> str:
    texts = b"\0".join((ROOT / name).read_bytes() for name in MADE_BY)
    indexes = {each.name: each.all_indexes for each in MANIFEST.collections if each.name in ("visits", "people")}
    return hashlib.sha256(texts + repr((indexes, hospitals)).encode()).hexdigest()[:12]
