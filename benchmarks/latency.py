"""From a command to its stored notification, at a steady pace, beside stock insert-and-dispatch pipelines."""

import secrets
import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.children import module, running, wait_for_consumers
from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.names import EVENT_TYPE, HANDLER_QUEUE, MOMENTS, RPC_QUEUE
from benchmarks.pacing import paced
from benchmarks.sizes import Sizes
from chassis.clock import DemoClock
from chassis.kernel.actor import Actor
from chassis.rpc.client import RpcClient
from chassis.store import database_at
from khunjerab.installation import Installation
from khunjerab.stack.program import Program
from tests.alliance import START, Alliance
from tests.event_factory import make_event
from tests.fakes.sealing import SEALING, WEBHOOKS

Json = dict[str, Any]
NOBODY = Actor("per_manager")
PATIENCE = 60.0


def latency(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Seconds from sending `propose_visit` to the moment at which what it leads to is stored."""
    turns = [(_ours(ground, sizes), _bare(ground, sizes), _deciding(ground, sizes)) for _ in range(sizes.rounds)]
    ours, bare, deciding = (list(column) for column in zip(*turns, strict=True))
    name = f"command to stored notification, {sizes.per_second}/s"
    peer = "nameko: insert, dispatch, insert"
    yield beside(f"{name}: median", _percentile(ours, 50), "ms", peer, _percentile(bare, 50))
    yield at_most(f"{name}: p99", _percentile(ours, 99), "ms", peer, _percentile(bare, 99), 1.5)
    peer = "nameko: the same decision, dispatch, insert"
    yield beside(f"{name}: median", _percentile(ours, 50), "ms", peer, _percentile(deciding, 50))
    yield beside(f"{name}: p99", _percentile(ours, 99), "ms", peer, _percentile(deciding, 99))


def _percentile(rounds: Sequence[Sequence[float]], percent: int) -> float:
    """Milliseconds: the median of what the rounds say, as one disturbance spoils a whole round's p99."""
    return statistics.median(statistics.quantiles(each, n=100)[percent - 1] for each in rounds) * 1000


def _ours(ground: Ground, sizes: Sizes) -> list[float]:
    installation, file = ground.installation(), _file(ground)
    alliance, operator = _alliance(installation), installation.amqp_url("operator")
    exchange = installation.environment("exchange") | SEALING | _at_the_alliances_time(ground)
    notify = installation.environment("notify") | WEBHOOKS
    programs = [
        module("services.exchange", "serve", exchange),
        module("services.exchange", "relay", exchange),
        module("benchmarks.timed_notify", "serve", notify | {MOMENTS: str(file)}),
    ]
    fields = alliance.proposal().model_dump(mode="json")
    with running(ground.directory, *programs) as (serve, _, subscriber):
        wait_for_consumers(operator, RPC_QUEUE, serve)
        wait_for_consumers(operator, "notify.subscription", subscriber)
        with _calling(installation.amqp_url("web"), alliance.manager) as call:
            return paced(sizes, lambda command: call(command, fields), file)


def _bare(ground: Ground, sizes: Sizes) -> list[float]:
    """An insert takes the place of the decision."""
    exchange = module("benchmarks.stock", "exchange", {"MONGO_URL": ground.bare_database()})
    return _stock(ground, sizes, exchange, {})


def _deciding(ground: Ground, sizes: Sizes) -> list[float]:
    """The decision is ours, too."""
    installation = ground.installation()
    alliance = _alliance(installation)
    environment = {"MONGO_URL": installation.mongo_url("exchange")} | _at_the_alliances_time(ground)
    who = alliance.manager
    actor = {"person": who.person, "roles": sorted(who.roles), "sites": sorted(who.sites)}
    more = {"actor": actor, "fields": alliance.proposal().model_dump(mode="json")}
    return _stock(ground, sizes, module("benchmarks.stock_deciding", "exchange", environment), more)


def _stock(ground: Ground, sizes: Sizes, exchange: Program, more: Json) -> list[float]:
    broker, file = ground.bare_vhost(), _file(ground)
    environment = {"AMQP_URL": broker, MOMENTS: str(file)}
    programs = (
        Program(exchange.name, exchange.argv, {**exchange.environment, **environment}, ready=""),
        module("benchmarks.stock", "handler", environment | {"MONGO_URL": ground.bare_database()}),
    )
    event = make_event(EVENT_TYPE)
    with running(ground.directory, *programs) as (deciding, handler):
        wait_for_consumers(broker, RPC_QUEUE, deciding)
        wait_for_consumers(broker, HANDLER_QUEUE, handler)
        # The same client on both sides: what differs is what is behind it.
        with _calling(broker, NOBODY) as call:
            return paced(
                sizes,
                lambda command: call(command, {"event": event | {"id": command, "correlationid": command}} | more),
                file,
            )


@contextmanager
def _calling(amqp_url: str, actor: Actor) -> Iterator[Any]:
    with closing(RpcClient(amqp_url, "web")) as client:

        def call(command: str, fields: Json) -> object:
            return client.call("exchange", "propose_visit", fields, actor=actor, command_id=command, timeout=PATIENCE)

        yield call


def _alliance(installation: Installation) -> Alliance:
    database = database_at(installation.mongo_url("exchange"))
    return Alliance(database, visits_per_year=100_000, visitor_days_per_year=100_000)


def _at_the_alliances_time(ground: Ground) -> dict[str, str]:
    """The alliance lives at a moment of its own: the exchange's clock is set to it."""
    clock = ground.directory / f"clock-{secrets.token_hex(4)}"
    DemoClock(clock).advance(START - datetime.now(UTC))
    return {"KHUNJERAB_DEMO": "1", "KHUNJERAB_CLOCK_FILE": str(clock)}


def _file(ground: Ground) -> Path:
    return ground.directory / f"moments-{secrets.token_hex(4)}"
