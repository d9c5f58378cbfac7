"""The relay is told of decisions by the database; what it is not told of, it finds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pymongo.database import Database
from pymongo.errors import OperationFailure

from chassis.clock import SystemClock
from chassis.relay import Relay, rhythm
from chassis.store import database_at
from services.exchange.manifest import MANIFEST
from tests.integration.small import Small, entry, person, small
from tests.probes import Finding, eventually

__all__ = ["small"]
AN_HOUR = 3600.0


@contextmanager
def relaying(small: Small) -> Iterator[Relay]:
    relay = Relay(
        small.installation.amqp_url("exchange"),
        database_at(small.installation.mongo_url("exchange")),
        MANIFEST,
        SystemClock(),
    )
    running = threading.Thread(target=relay.run, daemon=True)
    running.start()
    try:
        eventually(lambda: Finding(relay.connected, relay.connected, "connected"))
        yield relay
    finally:
        relay.stop()
        running.join(10)


def all_published(small: Small) -> Finding[int]:
    return Finding(small.unsent, small.unsent == 0, "nothing unsent")


@pytest.fixture
def no_sweep_but_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rhythm, "LONGEST", AN_HOUR)
    monkeypatch.setattr(rhythm.Rhythm, "found", lambda self, *_, **__: setattr(self, "_pause", AN_HOUR))


@pytest.mark.usefixtures("no_sweep_but_the_first")
def test_a_decision_is_published_although_no_sweep_is_due(small: Small) -> None:
    with relaying(small) as relay:
        eventually(lambda: Finding(relay.listening, relay.listening, "the database tells"))
        made = small.decide(person())
        eventually(lambda: all_published(small))
        change = {"$push": {"outbox": entry(person())}, "$inc": {"version": 1}}
        small.database("exchange")["visits"].update_one({"_id": made}, change)
        eventually(lambda: all_published(small))


def test_what_nobody_told_of_is_found_by_a_sweep(small: Small) -> None:
    with relaying(small) as relay:
        eventually(lambda: Finding(relay.listening, relay.listening, "the database tells"))
        made = small.store_entries()
        eventually(lambda: all_published(small))
        # Not as a decision does it: its version stands still.
        small.database("exchange")["visits"].update_one({"_id": made}, {"$push": {"outbox": entry(person())}})
        eventually(lambda: all_published(small))


def test_a_database_that_cannot_tell_is_swept(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_replica_set(*_: Any, **__: Any) -> None:
        raise OperationFailure("The $changeStream stage is only supported on replica sets", 40573)

    monkeypatch.setattr(Database, "watch", no_replica_set)
    with relaying(small) as relay:
        for _ in range(3):
            small.decide(person())
            eventually(lambda: all_published(small))
        assert not relay.listening
