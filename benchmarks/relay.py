"""The relay beside the store's own removal of the same events, stock nameko, and raw pika."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pika
from nameko.standalone.events import event_dispatcher
from pymongo import UpdateOne
from pymongo.database import Database

from benchmarks.figures import Figure, at_least
from benchmarks.ground import Ground
from benchmarks.raw_pika import publish_in_flight
from chassis.clock import SystemClock
from chassis.relay import Relay
from chassis.store import database_at
from services.exchange.manifest import MANIFEST
from tests.event_factory import make_event

EVENTS = 20_000
STOCK_EVENTS = 2_000
EVENT_TYPE = "exchange.visit.booked.v1"


def relay(ground: Ground) -> Iterator[Figure]:
    """Events published and removed a second: many documents with one event each, few with many."""
    many, pulled = _relayed(ground, documents=EVENTS, each=1), _bulk_pull(ground)
    yield at_least("relay: 20,000 documents, one event each", many, "events/s", "the store's bulk $pull", pulled, 0.8)
    few, stock = _relayed(ground, documents=200, each=100), _stock_dispatch(ground)
    yield at_least("relay: 200 documents, 100 events each", few, "events/s", "nameko event_dispatcher", stock, 10)
    raw = _raw(ground)
    yield at_least("relay: 200 documents, 100 events each", few, "events/s", "raw pika, 500 in flight", raw, 0.5)


def _relayed(ground: Ground, documents: int, each: int) -> float:
    installation = ground.installation()
    database = database_at(installation.mongo_url("exchange"))
    _fill(database, documents, each)
    relay = Relay(installation.amqp_url("exchange"), database, MANIFEST, SystemClock())
    running = threading.Thread(target=relay.run)
    began = time.perf_counter()
    running.start()
    while database["visits"].find_one({"outbox.id": {"$exists": True}}, {"_id": 1}):
        time.sleep(0.02)
    took = time.perf_counter() - began
    relay.stop()
    running.join()
    return documents * each / took


def _bulk_pull(ground: Ground) -> float:
    """The same removal, and nothing else, in batches as large as the relay's."""
    database = database_at(ground.installation().mongo_url("exchange"))
    ids = _fill(database, EVENTS, 1)
    began = time.perf_counter()
    for start in range(0, EVENTS, 500):
        pulls = [
            UpdateOne({"_id": document}, {"$pull": {"outbox": {"id": {"$in": events}}}})
            for document, events in ids[start : start + 500]
        ]
        database["visits"].bulk_write(pulls, ordered=False)
    return EVENTS / (time.perf_counter() - began)


def _stock_dispatch(ground: Ground) -> float:
    dispatch = event_dispatcher({"AMQP_URI": ground.bare_vhost()})
    body = make_event(EVENT_TYPE)
    dispatch("exchange", EVENT_TYPE, body)
    began = time.perf_counter()
    for _ in range(STOCK_EVENTS):
        dispatch("exchange", EVENT_TYPE, body)
    return STOCK_EVENTS / (time.perf_counter() - began)


def _raw(ground: Ground) -> float:
    installation = ground.installation()
    url = pika.URLParameters(installation.amqp_url("exchange"))
    return publish_in_flight(url, "exchange.events", EVENT_TYPE, make_event(EVENT_TYPE), EVENTS, window=500)


def _fill(database: Database[dict[str, Any]], documents: int, each: int) -> list[tuple[str, list[str]]]:
    """Documents as a decision leaves them, as far as the relay looks; returns their ids and their events' ids."""
    event = make_event(EVENT_TYPE)
    made = []
    for number in range(documents):
        outbox = [event | {"id": f"{number:08d}{place:08d}"} for place in range(each)]
        made.append({"_id": f"vis_{number:08d}", "version": 1, "made_at": datetime.now(UTC), "outbox": outbox})
    for start in range(0, documents, 1000):
        database["visits"].insert_many(made[start : start + 1000])
    return [(document["_id"], [entry["id"] for entry in document["outbox"]]) for document in made]
