"""Very many reminders that wait for their moments: how long it takes to pick those whose moment has come."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from pymongo import ASCENDING, MongoClient
from pymongo.collection import Collection

from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.store.writing import inserted
from chassis.timers import Timers
from contracts.generate import golden_samples
from services.notify.adapters.reminder_store import REMINDER_SHAPE
from services.notify.domain.following import Heard, hear
from services.notify.domain.reminders.reminder import no_reminder_yet
from tests.alliance import StandingClock

Document = dict[str, Any]
Pick = Callable[[], set[str]]
"""Picks reminders, and returns their ids."""

ALLOWED_MS = 10
NOW = datetime(2026, 2, 3, tzinfo=UTC)
DAYS = 365
"""Over so many days the visits arrive whose reminders wait."""
AT_ONCE, LIMIT, PICKS = 500, 200, 100
COME = 10
"""So many have come: what a worker finds that looks twice a second."""


def reminders(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """As the timers ask, beside what is allowed, and beside a bare find by one indexed date of the same documents."""
    installation = ground.installation()
    waiting = database_at(installation.mongo_url("notify"))["reminders"]
    come = _store(ground.backends.mongo_admin_url, waiting, sizes.reminders)
    timers = Timers(waiting, {}, StandingClock(come))
    picks, finds = _in_turn(
        lambda: {timer.document for timer in timers._due(come, LIMIT)},
        lambda: {each["_id"] for each in waiting.find({"first_at": {"$lte": come}}, {"due": 1}).limit(LIMIT)},
        PICKS * sizes.rounds,
    )
    name = f"next due of {sizes.reminders:,} reminders"
    for which, at in (("median", 0.5), ("99th percentile", 0.99)):
        yield at_most(f"{name}: {which}", _quantile(picks, at), "ms", "what is allowed", ALLOWED_MS, 1)
    peer = "a bare find by one indexed date"
    yield beside(f"{name}: median", statistics.median(picks), "ms", peer, statistics.median(finds))


def _store(admin_url: str, waiting: Collection[Document], many: int) -> datetime:
    """The moment at which `COME` of them have come. Stored by a client that has more patience than a service."""
    documents = _documents(many, random.Random(1))
    first: list[datetime] = []
    with MongoClient[Document](admin_url) as client:
        patient = client[waiting.database.name][waiting.name]
        patient.create_index([("first_at", ASCENDING)])
        while some := list(islice(documents, AT_ONCE)):
            patient.insert_many(some, ordered=False)
            first += [each["first_at"] for each in some]
    return sorted(first)[COME - 1]


def _documents(many: int, chance: random.Random) -> Iterator[Document]:
    facts = golden_samples()["exchange.visit.booked.v1"]["data"]
    for number in range(many):
        days = {"planned_arrival": NOW.date() + timedelta(days=15 + chance.randrange(DAYS))}
        heard = Heard(f"vis_{number}", "0000000002.001", NOW, "", None, _told(facts, days))
        decision = hear(no_reminder_yet(heard.about), [heard])
        assert decision
        context = Context(derived("stored", str(number)), SYSTEM, NOW)
        document, _ = inserted(decision.state.id, decision, context, REMINDER_SHAPE)
        # No two wait for the same moment, so that so many have come and no more.
        late = timedelta(milliseconds=number)
        due = [each | {"at": each["at"] + late} for each in document["due"]]
        yield document | {"due": due, "first_at": min(each["at"] for each in due)}


def _told(facts: Document, days: Document) -> Document:
    return {name: value for name, value in facts.items() if name != "calendar"} | {
        name: day.isoformat() for name, day in days.items()
    }


def _in_turn(one: Pick, other: Pick, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each, the shortest first."""
    assert one() == other()
    both = [(_milliseconds(one), _milliseconds(other)) for _ in range(times)]
    return sorted(first for first, _ in both), sorted(second for _, second in both)


def _milliseconds(pick: Pick) -> float:
    began = time.perf_counter()
    found = pick()
    taken = (time.perf_counter() - began) * 1000
    assert len(found) == COME
    return taken


def _quantile(taken: list[float], at: float) -> float:
    return taken[int(len(taken) * at)]
