"""Taking raw messages from queues: declares nothing, decodes nothing, publishes nothing.

nameko's own consumer decodes a body before anybody may judge it, acknowledges what it cannot decode, and prints it
into the log. Below it, kombu raises where a header names an unknown compression. So this stands on py-amqp itself,
which both of them use.
"""

from collections import deque
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
import structlog
from eventlet import Timeout, sleep
from eventlet.semaphore import Semaphore

from chassis.acknowledging import Acknowledging

log = structlog.get_logger(__name__)

HEARTBEAT = 30
"""Seconds. Shorter, and a handler that computes for a while would lose its connection."""
_TICK = 0.05
_PAUSES = (0.2, 0.5, 1.0, 2.0)
_GONE = (*amqp.Connection.connection_errors, *amqp.Connection.channel_errors)


@dataclass(frozen=True)
class Delivery:
    """One message as it came. `answer` acknowledges it at once with `"ack"`, or rejects it for good with `"reject"`.

    It is false where the connection went first: then the message comes again. `done` acknowledges it within
    milliseconds, together with others: for who need not know whether the broker has heard it.
    """

    queue: str
    body: bytes
    headers: dict[str, Any]
    properties: dict[str, Any]
    routing_key: str
    answer: Callable[[str], bool]
    done: Callable[[], None]

    @property
    def returns(self) -> int:
        """How often a quorum queue has had this message back unanswered."""
        count = self.headers.get("x-delivery-count", 0)
        return count if isinstance(count, int) else 0


@dataclass(frozen=True)
class Source:
    """A queue, how many of its messages may be unanswered at once, and who takes them."""

    queue: str
    prefetch: int
    take: Callable[[Delivery], None]


@dataclass(frozen=True)
class _Opened:
    """A source's own channel."""

    source: Source
    channel: Any
    acknowledging: Acknowledging


class Consumer:
    """Consumes from several queues over one connection, each on a channel of its own; reconnects by itself.

    `wanted` is asked all the time which queues to take from; what is here already may be answered either way.
    `run()` returns after `leave()`; what was not answered then goes back to its queue.
    """

    def __init__(self, amqp_url: str, sources: list[Source], wanted: Callable[[], Set[str]]) -> None:
        self._amqp_url = amqp_url
        self._sources = sources
        self._wanted = wanted
        self._leaving = False
        # One writer at a time: heartbeats and acknowledgements share the socket.
        self._writing = Semaphore()
        self._consuming: frozenset[str] = frozenset()
        self._came: deque[tuple[Source, Delivery]] = deque()
        self.connected = False

    def leave(self) -> None:
        self._leaving = True

    def run(self) -> None:
        """Consumes until told to leave, over as many connections as it takes."""
        failures = 0
        while not self._leaving:
            try:
                with connection_to(self._amqp_url, heartbeat=HEARTBEAT) as connection:
                    failures = 0
                    self._consume(connection)
            except Exception as error:
                # Also what a malformed frame makes the library raise: its message comes back until the broker moves it.
                pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
                log.warning("broker connection lost", again_in_seconds=pause, exc_info=error)
                failures += 1
                sleep(pause)
            finally:
                self.connected, self._consuming = False, frozenset()
                self._came.clear()

    def _consume(self, connection: Any) -> None:
        opened = [self._opened(connection, source) for source in self._sources]
        self.connected = True
        ticked = monotonic()
        while not self._leaving:
            wanted = frozenset(self._wanted())
            if wanted != self._consuming:
                self._turn_to(wanted, opened)
            with suppress(TimeoutError):
                connection.drain_events(timeout=_TICK)
            # Not from within the library: it hands messages over while it waits for an answer of the broker, too, and
            # whoever takes one may want to write.
            while self._came:
                source, delivery = self._came.popleft()
                source.take(delivery)
            if monotonic() - ticked >= 1:
                ticked = monotonic()
                with self._writing:
                    connection.heartbeat_tick()
        for each in opened:
            each.acknowledging.flush(all_of_them=True)

    def _opened(self, connection: Any, source: Source) -> _Opened:
        channel = connection.channel()
        channel.auto_decode = False
        channel.basic_qos(0, source.prefetch, False)
        return _Opened(source, channel, Acknowledging(partial(self._acknowledge, channel)))

    def _turn_to(self, wanted: frozenset[str], opened: list[_Opened]) -> None:
        with self._writing:
            for each in opened:
                queue = each.source.queue
                if queue in self._consuming - wanted:
                    each.channel.basic_cancel(queue)
                elif queue in wanted - self._consuming:
                    each.channel.basic_consume(queue, consumer_tag=queue, callback=partial(self._arrived, each))
        self._consuming = wanted

    def _arrived(self, opened: _Opened, message: Any) -> None:
        queue, tag = opened.source.queue, message.delivery_tag
        properties = dict(message.properties)
        headers = properties.pop("application_headers", None) or {}
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        opened.acknowledging.came(tag)
        answer, done = partial(self._answer, opened, tag), partial(opened.acknowledging.done, tag)
        key = message.delivery_info["routing_key"]
        self._came.append((opened.source, Delivery(queue, body, headers, properties, key, answer, done)))

    def _answer(self, opened: _Opened, tag: int, verb: str) -> bool:
        opened.acknowledging.answered(tag)
        if verb == "ack":
            return self._acknowledge(opened.channel, tag, multiple=False)
        return self._told(opened.channel, lambda: opened.channel.basic_reject(tag, requeue=False))

    def _acknowledge(self, channel: Any, tag: int, multiple: bool) -> bool:
        return self._told(channel, lambda: channel.basic_ack(tag, multiple))

    def _told(self, channel: Any, tell: Callable[[], None]) -> bool:
        with self._writing:
            try:
                if channel.connection:
                    tell()
                    return True
            except _GONE as error:
                log.info("connection went before the answer", error=type(error).__name__)
        return False


@contextmanager
def connection_to(amqp_url: str, *, heartbeat: int) -> Iterator[Any]:
    """A py-amqp connection to an `amqp://` or `amqps://` address, closed at the end, hanging broker or not."""
    parts = urlsplit(amqp_url)
    connection = amqp.Connection(
        host=f"{parts.hostname}:{parts.port or (5671 if parts.scheme == 'amqps' else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl=parts.scheme == "amqps",
        heartbeat=heartbeat,
        connect_timeout=5,
    )
    connection.connect()
    try:
        yield connection
    finally:
        with Timeout(1, False), suppress(*_GONE):
            connection.close()
        connection.collect()
