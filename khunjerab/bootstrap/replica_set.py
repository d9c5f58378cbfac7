"""A replica set of one member, which transactions need: `mongod --replSet` waits for somebody to initiate it."""

import time
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pymongo import MongoClient
from pymongo.errors import OperationFailure

from khunjerab.installation import Backends

NO_REPLICATION_ENABLED = 76
ALREADY_INITIALIZED = 23
PAUSE = 0.1


class Admin(Protocol):
    """The `admin` database of a client that connects directly (`directConnection=true`)."""

    def command(self, command: Any, *args: Any, **more: Any) -> dict[str, Any]: ...


class NoReplicaSet(RuntimeError):
    """The server runs without `--replSet`, or never became primary: transactions would fail."""


def make_replica_set(backends: Backends) -> None:
    """Initiates the set that `backends` names, if any. Raises `NoReplicaSet`."""
    if backends.replica_set:
        url = direct(backends.mongo_admin_url)
        with MongoClient[dict[str, Any]](url) as client:
            initiate(client["admin"], backends.replica_set, urlsplit(url).netloc.rpartition("@")[2])


def direct(url: str) -> str:
    """The address as a direct connection: no other finds a member whose set is not initiated yet."""
    parts = urlsplit(url)
    options = {name: value for name, value in parse_qsl(parts.query) if name != "replicaSet"}
    return urlunsplit(parts._replace(path=parts.path or "/", query=urlencode(options | {"directConnection": "true"})))


def initiate(admin: Admin, set_name: str, address: str, timeout: float = 30.0) -> bool:
    """Initiates the set when `hello` shows no set name, then waits for a primary; returns whether it had to.

    `address`: host:port by which every client reaches the member. Raises `NoReplicaSet`.
    """
    initiated = "setName" not in admin.command("hello") and _initiate(admin, set_name, address)
    deadline = time.monotonic() + timeout
    while not admin.command("hello").get("isWritablePrimary"):
        if time.monotonic() > deadline:
            raise NoReplicaSet(f"{address} did not become the primary of {set_name} within {timeout:.0f} s")
        time.sleep(PAUSE)
    return initiated


def _initiate(admin: Admin, set_name: str, address: str) -> bool:
    members = [{"_id": 0, "host": address}]
    try:
        admin.command({"replSetInitiate": {"_id": set_name, "members": members}})
    except OperationFailure as error:
        if error.code == ALREADY_INITIALIZED:
            return False  # another bootstrap was a moment faster
        if error.code == NO_REPLICATION_ENABLED:
            raise NoReplicaSet("the database server runs without --replSet, and transactions need it") from error
        raise
    return True
