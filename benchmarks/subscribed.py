"""A calendar program reads a feed over HTTP: the first time, again, and where nothing has changed since."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from statistics import median

from benchmarks.calendars import AIM_MS, UNCHANGED_AIM_MS
from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.meetings import Meetings
from benchmarks.sizes import Sizes
from chassis.kernel.actor import Actor
from chassis.rpc.client import RpcClient
from chassis.store import database_at
from khunjerab.installation import Installation
from khunjerab.stack.supervised import stop_all
from services.exchange.application.feed_tags import ON_ITS_WAY
from services.web.accounts import AccountStore
from tests.fixtures.running import Processes

ROUNDS = 40
"""A sender may ask 120 times a minute."""
LATER = 2 * ON_ITS_WAY
"""So long after the bookings were made."""


def subscribed(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Of a site, by processes of exchange and web; beside one call over the broker, and the aims."""
    installation = ground.installation()
    meetings = Meetings(database_at(installation.mongo_url("exchange")), sizes.fed)
    secret = meetings.subscribe()
    _give_account(installation, meetings)
    with _processes(ground, installation, meetings) as processes, _calling(installation, secret) as call:
        program = _Program(processes.web_port, secret)
        first, again = _milliseconds(program.whole), median(_milliseconds(program.whole) for _ in range(5))
        unchanged = median(_milliseconds(program.unchanged) for _ in range(ROUNDS))
        bare = median(_milliseconds(call) for _ in range(ROUNDS))
    name = f"feed of {sizes.fed:,} bookings over HTTP"
    yield at_most(f"{name}: nothing of it was ever read", first, "ms", "the aim", AIM_MS, 1)
    yield at_most(f"{name}: read before", again, "ms", "the aim", AIM_MS, 1)
    yield at_most(f"{name}: nothing has changed (304)", unchanged, "ms", "the aim", UNCHANGED_AIM_MS, 1)
    yield beside(f"{name}: nothing has changed (304)", unchanged, "ms", "one call over the broker", bare)


class _Program:
    """A calendar program that remembers the tag of what it read, and connects anew each time."""

    def __init__(self, port: int, secret: str) -> None:
        self._port, self._path, self._tag = port, f"/calendars/{secret}.ics", ""

    def whole(self) -> None:
        answer, content = self._ask({})
        assert (answer.status, b"BEGIN:VEVENT" in content) == (200, True)
        self._tag = answer.headers["ETag"]

    def unchanged(self) -> None:
        assert self._ask({"If-None-Match": self._tag})[0].status == 304

    def _ask(self, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            connection.request("GET", self._path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()


@contextmanager
def _processes(ground: Ground, installation: Installation, meetings: Meetings) -> Iterator[Processes]:
    processes = Processes(installation, ground.directory)
    processes.clock.write_text(str((meetings.clock.now() + LATER - datetime.now(UTC)).total_seconds()))
    demo = {"KHUNJERAB_DEMO": "1"}
    try:
        processes.start("exchange", "serve", env=demo)
        processes.start("web", env=demo)
        yield processes
    finally:
        stop_all(processes.started)


@contextmanager
def _calling(installation: Installation, secret: str) -> Iterator[Callable[[], object]]:
    with closing(RpcClient(installation.amqp_url("web"), "web")) as client:
        yield lambda: client.call("exchange", "calendar_owner", {"secret": secret}, actor=Actor(None))


def _give_account(installation: Installation, meetings: Meetings) -> None:
    owner = meetings.manager
    accounts = AccountStore(database_at(installation.mongo_url("web")))
    accounts.add("manager@hospital.example", "a pass between two valleys", str(owner.person), owner.roles, owner.sites)


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
