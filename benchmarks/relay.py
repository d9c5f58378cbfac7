"""The relay beside the store's own removal of the same events, stock nameko, and raw pika."""

import statistics
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from nameko.standalone.events import event_dispatcher
from prometheus_client import REGISTRY
from pymongo import UpdateOne
from pymongo.database import Database

from benchmarks.figures import Figure, at_least
from benchmarks.ground import Ground
from benchmarks.names import EVENT_TYPE
from benchmarks.raw_pika import publish_in_flight
from benchmarks.sizes import Sizes
from chassis.clock import SystemClock
from chassis.outbox import entry_of
from chassis.relay import Relay
from chassis.store import database_at
from contracts.envelope import CloudEvent
from services.exchange.manifest import MANIFEST
from tests.event_factory import make_event


def relay(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Events published and removed a second: many documents with one event each, few with many."""
    turns = [
        (
            _relayed(ground, sizes.relayed, 1),
            _bulk_pull(ground, sizes.relayed),
            _relayed(ground, sizes.crowded, sizes.each),
            _stock_dispatch(ground, sizes.stock_events),
            _raw(ground, sizes.crowded * sizes.each),
        )
        for _ in range(sizes.long_rounds)
    ]
    many, pulled, few, stock, raw = (statistics.median(column) for column in zip(*turns, strict=True))
    name = f"relay: {sizes.relayed:,} documents, one event each"
    yield at_least(name, many, "events/s", "the store's bulk $pull", pulled, 0.8)
    name = f"relay: {sizes.crowded} documents, {sizes.each} events each"
    yield at_least(name, few, "events/s", "nameko event_dispatcher", stock, 10)
    yield at_least(name, few, "events/s", "raw pika, 500 in flight", raw, 0.5)


def _relayed(ground: Ground, documents: int, each: int) -> float:
    installation = ground.installation()
    database = database_at(installation.mongo_url("exchange"))
    last, _ = _fill(database, documents, each)[-1]
    relay = Relay(installation.amqp_url("exchange"), database, MANIFEST, SystemClock())
    running = threading.Thread(target=relay.run, daemon=True)
    all_of_them = _published() + documents * each
    began = time.perf_counter()
    running.start()
    # The database is not asked before it has to be, and then for one document by its id: the relay would feel it.
    while _published() < all_of_them or _has_unsent(database, last):
        time.sleep(0.02)
    took = time.perf_counter() - began
    relay.stop()
    running.join()
    return documents * each / took


def _published() -> float:
    return REGISTRY.get_sample_value("khunjerab_events_published_total", {"type": EVENT_TYPE}) or 0.0


def _has_unsent(database: Database[dict[str, Any]], last: str) -> bool:
    visits = database["visits"]
    if (visits.find_one({"_id": last}, {"outbox.id": 1}) or {})["outbox"]:
        return True
    return visits.find_one({"outbox.id": {"$exists": True}}, {"_id": 1}) is not None


def _bulk_pull(ground: Ground, documents: int) -> float:
    """The same removal, and nothing else, in batches as large as the relay's."""
    database = database_at(ground.installation().mongo_url("exchange"))
    ids = _fill(database, documents, 1)
    began = time.perf_counter()
    for start in range(0, documents, 500):
        pulls = [
            UpdateOne({"_id": document}, {"$pull": {"outbox": {"id": {"$in": events}}}})
            for document, events in ids[start : start + 500]
        ]
        database["visits"].bulk_write(pulls, ordered=False)
    return documents / (time.perf_counter() - began)


def _stock_dispatch(ground: Ground, count: int) -> float:
    dispatch = event_dispatcher({"AMQP_URI": ground.installation().amqp_url("exchange")})
    body = make_event(EVENT_TYPE)
    dispatch("exchange", EVENT_TYPE, body)
    began = time.perf_counter()
    for _ in range(count):
        dispatch("exchange", EVENT_TYPE, body)
    return count / (time.perf_counter() - began)


def _raw(ground: Ground, count: int) -> float:
    url = ground.installation().amqp_url("exchange")
    bodies = [orjson.dumps(make_event(EVENT_TYPE))] * count
    return publish_in_flight(
        url, "exchange.events", EVENT_TYPE, bodies, window=500, content_type="application/cloudevents+json"
    )


def _fill(database: Database[dict[str, Any]], documents: int, each: int) -> list[tuple[str, list[str]]]:
    """Documents as a decision leaves them, as far as the relay looks; returns their ids and their events' ids."""
    entry = entry_of(CloudEvent.model_validate(make_event(EVENT_TYPE)))
    made: list[dict[str, Any]] = []
    for number in range(documents):
        outbox = [entry | {"id": f"{number:08d}{place:08d}"} for place in range(each)]
        made.append({"_id": f"vis_{number:08d}", "version": 1, "made_at": datetime.now(UTC), "outbox": outbox})
    for start in range(0, documents, 1000):
        database["visits"].insert_many(made[start : start + 1000])
    return [(document["_id"], [entry["id"] for entry in document["outbox"]]) for document in made]
