"""An installation of the small service, and what its tests do to it from outside."""

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pika
import pytest
import requests
from pymongo import MongoClient
from pymongo.database import Database

from chassis.clock import DemoClock
from chassis.kernel.actor import Actor
from chassis.rpc.client import RpcClient, RpcError
from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.installation import Installation
from khunjerab.stack.ports import free_port
from khunjerab.stack.program import Program
from khunjerab.stack.supervised import Supervised, stop_all
from khunjerab.stack.waiting import wait_until_ready
from tests.event_factory import make_event
from tests.fixtures.installations import MakeInstallation, administrator_amqp_url
from tests.integration.small_service import PERSON_CHANGED, SERVICES
from tests.probes import Seen, eventually

ACTOR = Actor("per_1", frozenset({"programme-manager"}))
_LOGIN = {"serve": "notify", "worker": "notify", "relay": "exchange"}
_numbers = itertools.count()


@dataclass
class Small:
    """The small service's installation. What dies comes back only during `until`.

    `patience`: how many seconds to wait for what should come, on a machine that others use, too.
    """

    installation: Installation
    directory: Path
    patience: float
    started: list[Supervised] = field(default_factory=list)
    clients: dict[str, MongoClient[dict[str, Any]]] = field(default_factory=dict)

    @property
    def fixed(self) -> Path:
        """Once this file exists, handlers do well whatever the event says."""
        return self.directory / "fixed"

    def start(self, role: str, *, mutant: str = "", wait: bool = True, **env: str) -> Supervised:
        """Starts `serve`, `worker` or `relay`; with `mutant`, without that guard."""
        port = free_port(set())
        own = {"HEALTH_PORT": str(port), "FIXED": str(self.fixed), "MUTANT": mutant, "PYTHONWARNINGS": "ignore"}
        own |= {"KHUNJERAB_DEMO": "1", "KHUNJERAB_CLOCK_FILE": str(self.directory / "clock")}
        environment = dict(os.environ) | self.installation.environment(_LOGIN[role]) | own | env
        argv = (sys.executable, "-m", "tests.integration.small_service", role)
        log = self.directory / f"{role}-{len(self.started)}.log"
        one = Supervised(Program(role, argv, environment, f"http://127.0.0.1:{port}/ready"), log)
        self.started.append(one)
        one.start()
        if wait:
            wait_until_ready([one], 30)
        return one

    def start_crashing(self, role: str, place: str, **env: str) -> Supervised:
        """Starts a process that is killed at the named place, once."""
        once = str(self.directory / f"{place}.once")
        return self.start(role, wait=False, KHUNJERAB_CRASH_AT=place, KHUNJERAB_CRASH_ONCE=once, **env)

    def let_pass(self, time: timedelta) -> None:
        """Moves the clock of all processes."""
        DemoClock(self.directory / "clock").advance(time)

    def crashed(self, place: str) -> bool:
        return (self.directory / f"{place}.once").exists()

    def eventually(self, probe: Callable[[], Seen | None]) -> Seen:
        """Waits with the installation's patience. When it is in vain, the failure shows how each process fared."""
        try:
            return eventually(probe, self.patience)
        except AssertionError as error:
            for one in self.started:
                error.add_note(fared(one))
            raise

    def until(self, probe: Callable[[], Seen | None]) -> Seen:
        """Waits as `eventually` does, and starts what has died again, as whatever runs the processes would."""

        def revived() -> Seen | None:
            for one in self.started:
                one.revive()
            return probe()

        return self.eventually(revived)

    def database(self, service: str) -> Database[dict[str, Any]]:
        """A service's database, seen with its own login."""
        if service not in self.clients:
            self.clients[service] = MongoClient(self.installation.mongo_url(service))
        return self.clients[service].get_default_database()

    @property
    def effects(self) -> list[dict[str, Any]]:
        """What the handlers have done."""
        return list(self.database("notify")["effects"].find())

    @property
    def failed(self) -> list[dict[str, Any]]:
        return list(self.database("notify")["failed_events"].find())

    @property
    def dead(self) -> list[str]:
        """Reasons of the dead letters, sorted."""
        return sorted(each["reason"] for each in self.failed if each["status"] == "dead")

    @property
    def unsent(self) -> int:
        """Events that stand in the documents of the producer."""
        pipeline = [{"$project": {"n": {"$size": {"$ifNull": ["$outbox", []]}}}}]
        database = self.database("exchange")
        return sum(each["n"] for name in ("visits", "agreements") for each in database[name].aggregate(pipeline))

    def decide(self, *events: dict[str, Any], collection: str = "visits") -> str:
        """Stores a document with unsent events, as a decision does."""
        return self.store_entries(*map(entry, events), collection=collection)

    def store_entries(self, *entries: dict[str, Any], collection: str = "visits") -> str:
        """Stores a document with an outbox, whatever stands in it."""
        document = f"vis_{next(_numbers)}"
        self.database("exchange")[collection].insert_one({"_id": document, "version": 1, "outbox": list(entries)})
        return document

    def client(self, caller: str = "web") -> RpcClient:
        return RpcClient(self.installation.amqp_url(caller), caller)

    @contextmanager
    def broker(self) -> Iterator[Any]:
        """A channel of the broker's administrator; what is published on it has been taken when the call returns."""
        connection = pika.BlockingConnection(pika.URLParameters(administrator_amqp_url(self.installation)))
        try:
            channel = connection.channel()
            channel.confirm_delivery()
            yield channel
        finally:
            if connection.is_open:
                connection.close()

    def publish(self, *bodies: bytes, routing_key: str = PERSON_CHANGED) -> None:
        """Puts messages into the subscriber's queue, past any relay."""
        with self.broker() as channel:
            for body in bodies:
                properties = pika.BasicProperties(content_type="application/cloudevents+json", delivery_mode=2)
                channel.basic_publish("exchange.events", routing_key, body, properties, mandatory=True)

    def left(self, queue: str) -> int:
        """Messages in a queue that wait for a consumer."""
        with self.broker() as channel:
            return int(channel.queue_declare(queue, passive=True).method.message_count)


def person(name: str = "GOOD", **envelope: Any) -> dict[str, Any]:
    """An event about a person of its own; `name` says what the small service's handler does about it."""
    number = next(_numbers)
    return make_event(PERSON_CHANGED, envelope=envelope, person=f"per_{os.getpid()}x{number}", passport_name=name)


def entry(event: dict[str, Any]) -> dict[str, Any]:
    """An event as it waits in its document (`chassis.outbox`)."""
    return {name: event[name] for name in ("id", "type", "time")} | {"body": body(event).decode()}


def body(event: dict[str, Any]) -> bytes:
    """An event as a message's body."""
    return orjson.dumps(event)


def fared(process: Supervised) -> str:
    """How often a process died, whether it runs, and the last it said."""
    now = "runs" if process.is_running() else "is dead"
    last = process.log.read_text().splitlines()[-8:]
    return "\n".join([f"{process.log.stem}: {now}, started again {process.restarts} times", *last])


def metrics(process: Supervised) -> str:
    """What the process tells Prometheus."""
    return requests.get(process.program.ready.replace("/ready", "/metrics"), timeout=5).text


def close_connections(small: Small, login: str) -> None:
    """Has the broker close every connection of a login."""
    api = BrokerApi(small.installation.backends.broker_api_url)
    user = small.installation.login(login)

    def closed() -> bool:
        names = [one["name"] for one in api.get("connections") if one.get("user") == user]
        for name in names:
            api.delete("connections", name)
        return bool(names)

    eventually(closed)


def without(guard: str) -> Any:
    """Runs a test with every guard, and once more without this one: then it has to fail."""
    failures = (AssertionError, RpcError, pytest.fail.Exception)
    marks = pytest.mark.xfail(strict=True, raises=failures, reason=f"without its guard: {guard}")
    return pytest.mark.parametrize("mutant", [pytest.param("", id="guarded"), pytest.param(guard, marks=marks)])


GUARDED, IN_VAIN = 60.0, 15.0
"""Seconds to wait for processes that die and come back, and where a guard is away and it is known to be in vain."""


@pytest.fixture
def small(make_installation: MakeInstallation, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Small]:
    """The small service's installation, with nothing running in it."""
    is_mutant = bool(getattr(request.node, "callspec", None) and request.node.callspec.params.get("mutant"))
    made = Small(make_installation(SERVICES), tmp_path, IN_VAIN if is_mutant else GUARDED)
    yield made
    stop_all(made.started)
    for client in made.clients.values():
        client.close()


@pytest.fixture
def client(small: Small) -> Iterator[RpcClient]:
    """A caller with the web's login."""
    client = small.client()
    yield client
    client.close()
