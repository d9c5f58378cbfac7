"""Databases that stay on disk between runs, as filling them takes a while."""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pymongo import MongoClient
from pymongo.database import Database

from chassis.manifest import Manifest
from khunjerab.bootstrap.database import prepare_database
from khunjerab.installation import Backends, Installation
from khunjerab.stack.database import create_administrator, database_program, mongo_admin_url
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import Secrets, load_secrets
from khunjerab.stack.supervised import Supervised
from khunjerab.stack.waiting import wait_until_ready

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 120.0
PATIENCE = 300.0
"""Seconds for the server to write down what it holds when it is told to end."""

Document = dict[str, Any]
Note = dict[str, Any]


@dataclass(frozen=True)
class Stock:
    """So many documents of a service. `what`: their name, in file names too; `seed` stores them in an empty database
    without indexes, and answers what is to be noted of it: `stored`, how many there are, and more.

    `made_by`: the files that decide how they look, `collections` where they stand, `otherwise` what else decides: with
    other texts, indexes or numbers they are made anew.
    """

    what: str
    wanted: int
    manifest: Manifest
    collections: Sequence[str]
    made_by: Sequence[str]
    seed: Callable[[Database[Document]], Note]
    otherwise: object = None

    @property
    def fingerprint(self) -> str:
        texts = b"\0".join((ROOT / name).read_bytes() for name in self.made_by)
        indexes = {each.name: each.all_indexes for each in self.manifest.collections if each.name in self.collections}
        return hashlib.sha256(texts + repr((indexes, self.otherwise)).encode()).hexdigest()[:12]


@contextmanager
def kept(stock: Stock, place: Path) -> Iterator[tuple[str, Note]]:
    """A database server of its own with the stock, in a directory under `place`, filled where it is not yet: its
    address, and what was noted.
    """
    directory = RunDirectory(place / f"{stock.what}-{stock.wanted}-{stock.fingerprint}")
    note = directory.root / "stock.json"
    if not note.exists():
        print(f"storing {stock.wanted:,} {stock.what} in {directory.root}, this once")
        for older in place.glob(f"{stock.what}-{stock.wanted}-*"):
            shutil.rmtree(older)
        _fill(directory, stock, note)
    seeded = json.loads(note.read_text())
    print(f"{seeded['stored']:,} {stock.what} are stored; storing them took {seeded['seconds']:.0f} s")
    with _server(directory, stock.manifest, durable=True) as url:
        yield url, seeded


def _fill(directory: RunDirectory, stock: Stock, note: Path) -> None:
    began = time.monotonic()
    # Not as a service is connected: whatever this takes, there is patience for it.
    with (
        _server(directory, stock.manifest, durable=False) as url,
        MongoClient[Document](url, tz_aware=True) as client,
    ):
        noted = stock.seed(client.get_default_database())
        _prepare(url, directory, stock.manifest)
    note.write_text(json.dumps(noted | {"seconds": time.monotonic() - began}))


def _prepare(url: str, directory: RunDirectory, manifest: Manifest) -> None:
    """Logins and indexes, when everything is there: building an index takes longer than any patience of a service."""
    passwords = _secrets(directory).passwords
    installation = Installation(Backends("", "", urlsplit(url)._replace(path="/").geturl()), passwords)
    with MongoClient[Document](installation.backends.mongo_admin_url) as client:
        prepare_database(client, installation, (manifest,))


@contextmanager
def _server(directory: RunDirectory, manifest: Manifest, *, durable: bool) -> Iterator[str]:
    """The administrator's address of the service's database. What is only being filled needs no sync of each write."""
    secrets = _secrets(directory)
    program = database_program(directory, secrets)
    create_administrator(program, directory, secrets)
    if not durable:
        program = replace(program, argv=tuple(part for part in program.argv if part != "--sync-on-commit"))
    server = Supervised(replace(program, patience=PATIENCE), directory.log("database"))
    server.start()
    try:
        wait_until_ready([server], SECONDS_TO_START)
        yield urlsplit(mongo_admin_url(secrets))._replace(path=f"/{manifest.name}").geturl()
    finally:
        server.ask_to_stop()
        server.make_stop()


def _secrets(directory: RunDirectory) -> Secrets:
    return load_secrets(directory, ("mongo",))
