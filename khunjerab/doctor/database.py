"""The databases: reached, logins, unsent events, dead letters."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.failed_events import COLLECTION
from chassis.manifest import Manifest
from khunjerab.doctor.finding import Finding, bad, good
from khunjerab.installation import LOGINS
from khunjerab.reach import Reach

LATE = timedelta(seconds=30)
PATIENCE_MS = 3000


def look_at_database(there: Reach, services: tuple[Manifest, ...], now: datetime) -> Iterator[Finding]:
    """Each login, each service's outbox and dead letters. `now`: as the services' clock has it."""
    try:
        with _client(there.mongo_url) as client:
            client.get_default_database().command("ping")
            yield good("database", "is reached")
            if there.installation:
                yield from (_login(login, there.installation.mongo_url(login)) for login in LOGINS)
            for manifest in services:
                database = client[there.database(manifest.name)]
                yield _outbox(manifest, database, now)
                yield _dead_letters(manifest.name, database)
    except PyMongoError as error:
        yield bad("database", f"does not answer the operator: {_told(error)}", "is it running? is MONGO_URL right?")


def _login(login: str, url: str) -> Finding:
    try:
        with _client(url) as client:
            client.get_default_database().command("ping")
    except PyMongoError as error:
        return bad("database", f"refuses the login {login}: {_told(error)}", "run: khunjerab bootstrap")
    return good("database", f"lets {login} in")


def _outbox(manifest: Manifest, database: Database[dict[str, Any]], now: datetime) -> Finding:
    unsent = [entry for name in manifest.decided for entry in _entries(database, name)]
    if not unsent:
        return good(manifest.name, "every event is sent")
    age = now - min(datetime.fromisoformat(str(entry["time"])) for entry in unsent)
    said = f"{len(unsent)} events are unsent, the oldest for {age.total_seconds():.0f} s"
    advice = f"is the process `{manifest.name} relay` running, and the broker free of alarms?"
    return good(manifest.name, said) if age < LATE else bad(manifest.name, said, advice)


def _entries(database: Database[dict[str, Any]], collection: str) -> Iterator[dict[str, Any]]:
    for document in database[collection].find({"outbox.id": {"$exists": True}}, {"outbox.time": 1}):
        yield from document["outbox"]


def _dead_letters(service: str, database: Database[dict[str, Any]]) -> Finding:
    count = database[COLLECTION].count_documents({"status": "dead"})
    if count:
        return bad(service, f"{count} dead letters", f"see: khunjerab dead-letters list {service}")
    return good(service, "no dead letters")


def _client(url: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(url, serverSelectionTimeoutMS=PATIENCE_MS, timeoutMS=10_000)


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {str(error).split(',')[0]}"
