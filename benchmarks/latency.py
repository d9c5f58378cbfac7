"""From a command to its stored notification, at a steady pace, beside a stock insert-and-dispatch pipeline."""

import secrets
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.children import module, running, wait_for_consumers
from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.moments import noted
from benchmarks.names import EVENT_TYPE, HANDLER_QUEUE, MOMENTS, RPC_QUEUE
from benchmarks.sizes import Sizes
from chassis.clock import DemoClock
from chassis.kernel.actor import Actor
from chassis.rpc.client import RpcClient
from chassis.store import database_at
from khunjerab.installation import Installation
from khunjerab.stack.program import Program
from tests.alliance import START, Alliance
from tests.event_factory import make_event
from tests.probes import count, eventually

CALLERS = 8
WARMING_UP = 10
Send = Callable[[str], object]
NOBODY = Actor("per_manager")


def latency(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Seconds from sending `propose_visit` to the moment at which what it leads to is stored."""
    ours: list[float] = []
    stock: list[float] = []
    for _ in range(sizes.rounds):
        stock += _stock(ground, sizes)
        ours += _ours(ground, sizes)
    name, peer = f"command to stored notification, {sizes.per_second}/s", "nameko insert and dispatch"
    yield beside(f"{name}: median", *_median(ours), f"{peer}: median", _median(stock)[0])
    yield at_most(f"{name}: p99", *_p99(ours), f"{peer}: p99", _p99(stock)[0], 1.5)


def _ours(ground: Ground, sizes: Sizes) -> list[float]:
    installation, file = ground.installation(), _file(ground)
    alliance = Alliance(
        database_at(installation.mongo_url("exchange")), visits_per_year=100_000, visitor_days_per_year=100_000
    )
    fields = alliance.proposal().model_dump(mode="json")
    with running(ground.directory, *_our_processes(ground, installation, file)) as (serve, _, notify):
        wait_for_consumers(installation.amqp_url("operator"), "rpc-exchange", serve)
        wait_for_consumers(installation.amqp_url("operator"), "notify.subscription", notify)
        with closing(RpcClient(installation.amqp_url("web"), "web")) as client:

            def send(command: str) -> Any:
                return client.call("exchange", "propose_visit", fields, actor=alliance.manager, command_id=command)

            return _paced(sizes, send, file)


def _our_processes(ground: Ground, installation: Installation, file: Path) -> list[Program]:
    clock = ground.directory / f"clock-{secrets.token_hex(4)}"
    # The alliance lives at a moment of its own: the exchange's clock is set to it.
    DemoClock(clock).advance(START - datetime.now(UTC))
    exchange = installation.environment("exchange") | {"KHUNJERAB_DEMO": "1", "KHUNJERAB_CLOCK_FILE": str(clock)}
    return [
        module("services.exchange", "serve", exchange),
        module("services.exchange", "relay", exchange),
        module("benchmarks.timed_notify", "serve", installation.environment("notify") | {MOMENTS: str(file)}),
    ]


def _stock(ground: Ground, sizes: Sizes) -> list[float]:
    vhost, file = ground.bare_vhost(), _file(ground)
    environment = {"AMQP_URL": vhost, "MONGO_URL": ground.bare_database(), MOMENTS: str(file)}
    programs = [module("benchmarks.stock", name, environment) for name in ("exchange", "handler")]
    event = make_event(EVENT_TYPE)
    with running(ground.directory, *programs) as (exchange, handler):
        wait_for_consumers(vhost, RPC_QUEUE, exchange)
        wait_for_consumers(vhost, HANDLER_QUEUE, handler)
        # The same client on both sides: what differs is what is behind it.
        with closing(RpcClient(vhost, "web")) as client:

            def send(command: str) -> Any:
                fields = {"event": event | {"id": command, "correlationid": command}}
                return client.call("exchange", "propose_visit", fields, actor=NOBODY, command_id=command)

            return _paced(sizes, send, file)


def _paced(sizes: Sizes, send: Send, file: Path) -> list[float]:
    """Sends so many commands, each at its moment however long the others take; the first few do not count."""
    sent: dict[str, float] = {}
    began = time.time()
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = []
        for number in range(WARMING_UP + sizes.commands):
            time.sleep(max(0.0, began + number / sizes.per_second - time.time()))
            command = secrets.token_hex(16)
            sent[command] = time.time()
            answers.append(callers.submit(send, command))
        for answer in answers:
            answer.result()
    eventually(lambda: count(sent.keys() & noted(file).keys(), len(sent)), 60)
    return _waits(sent, noted(file))


def _waits(sent: Mapping[str, float], stored: Mapping[str, float]) -> list[float]:
    return [stored[command] - moment for command, moment in list(sent.items())[WARMING_UP:]]


def _file(ground: Ground) -> Path:
    return ground.directory / f"moments-{secrets.token_hex(4)}"


def _median(seconds: list[float]) -> tuple[float, str]:
    return statistics.median(seconds) * 1000, "ms"


def _p99(seconds: list[float]) -> tuple[float, str]:
    return statistics.quantiles(seconds, n=100)[98] * 1000, "ms"
