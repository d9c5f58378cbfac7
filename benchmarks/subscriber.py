"""Effects a second from a full queue: a handler on the chassis beside a stock nameko one."""

import secrets
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from benchmarks.children import module, running, wait_for_consumers
from benchmarks.figures import Figure, at_least
from benchmarks.ground import Ground
from benchmarks.moments import noted
from benchmarks.names import EVENT_TYPE, HANDLER_QUEUE, MOMENTS, TOGETHER
from benchmarks.raw_pika import publish_in_flight
from benchmarks.sizes import Sizes
from khunjerab.stack.program import Program
from tests.event_factory import make_event
from tests.probes import Finding, eventually

PATIENCE = 120.0


def subscriber(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Effects one by one, with every guarantee, and written in batches; from the first effect to the last."""
    turns = [
        (_stock(ground, sizes.effects), _ours(ground, sizes.effects), _ours(ground, sizes.effects, {TOGETHER: "1"}))
        for _ in range(sizes.rounds)
    ]
    stock, single, together = (statistics.median(column) for column in zip(*turns, strict=True))
    peer = "nameko event_handler, one insert"
    yield at_least("subscriber: one insert each", single, "effects/s", peer, stock, 1)
    yield at_least("subscriber: inserts in batches", together, "effects/s", peer, stock, 3)


def _ours(ground: Ground, count: int, more: Mapping[str, str] | None = None) -> float:
    installation = ground.installation()
    environment = installation.environment("notify") | dict(more or {})
    _publish(installation.amqp_url("exchange"), count, "application/cloudevents+json")
    return _measured(ground, module("benchmarks.effects", "serve", environment), count)


def _stock(ground: Ground, count: int) -> float:
    vhost, database = ground.bare_vhost(), ground.bare_database()
    program = module("benchmarks.stock", "handler", {"AMQP_URL": vhost, "MONGO_URL": database, MOMENTS: "/dev/null"})
    # Once for nothing: it makes its queue when it starts.
    with running(ground.directory, program) as (handler,):
        wait_for_consumers(vhost, HANDLER_QUEUE, handler)
    _publish(vhost, count, "application/json")
    return _measured(ground, program, count)


def _publish(amqp_url: str, count: int, content_type: str) -> None:
    event, run = make_event(EVENT_TYPE), secrets.token_hex(8)
    bodies = [
        orjson.dumps(event | {"id": f"{run}{number:016x}", "correlationid": f"{number:032x}"})
        for number in range(count)
    ]
    publish_in_flight(amqp_url, "exchange.events", EVENT_TYPE, bodies, window=500, content_type=content_type)


def _measured(ground: Ground, program: Program, count: int) -> float:
    file = ground.directory / f"moments-{secrets.token_hex(4)}"
    environment = {**program.environment, MOMENTS: str(file)}
    with running(ground.directory, Program(program.name, program.argv, environment, ready="")):
        eventually(lambda: _all_there(file, count), PATIENCE)
    return _per_second(noted(file))


def _all_there(file: Path, count: int) -> Finding[int]:
    lines = file.read_bytes().count(b"\n") if file.exists() else 0
    return Finding(lines, lines >= count, f"{count} effects")


def _per_second(moments: Mapping[str, float]) -> float:
    """What came after the first, by the time it took: effects noted together count as one moment."""
    counted = Counter(moments.values())
    first, last = min(counted), max(counted)
    if first == last:
        raise AssertionError("all effects came at once: take more")
    return (len(moments) - counted[first]) / (last - first)
