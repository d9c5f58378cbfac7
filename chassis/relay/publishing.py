"""Publishing with confirms, hundreds in flight, over as many connections as it takes."""

import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import pika
import structlog

from chassis import crashpoints
from chassis.metrics import EVENTS_PUBLISHED, EVENTS_REFUSED, EVENTS_UNROUTABLE
from chassis.relay.corked import CorkedConnection
from chassis.relay.flight import Flight, Settled
from chassis.relay.parcels import Outcome, Parcel, Unsent

log = structlog.get_logger(__name__)

_COUNTED = {
    Outcome.CONFIRMED: EVENTS_PUBLISHED,
    Outcome.UNROUTABLE: EVENTS_UNROUTABLE,
    Outcome.NACKED: EVENTS_REFUSED,
}
_PAUSES = (0.2, 0.5, 1.0, 2.0)
_BLOCKED_FOR_LONG = 60


class Publishing:
    """One exchange, one connection at a time, in a thread of its own that runs `run()`.

    `done` is told of each parcel whose events have all been answered for. `window`: how many events may be unanswered.
    """

    def __init__(self, amqp_url: str, exchange: str, done: Callable[[Parcel], None], window: int) -> None:
        self._parameters = pika.URLParameters(amqp_url)
        self._parameters.heartbeat = 30
        self._parameters.blocked_connection_timeout = _BLOCKED_FOR_LONG
        self._parameters.socket_timeout = self._parameters.stack_timeout = 5
        self._exchange = exchange
        self._done = done
        self._window = window
        self._flight = Flight()
        self._waiting: deque[tuple[Parcel, Unsent]] = deque()
        self._connection: Any = None
        self._channel: Any = None
        self._filling = False
        self._leaving = threading.Event()
        self.ready = threading.Event()
        self.ticked = monotonic()

    @property
    def waiting(self) -> int:
        """Events that were offered and have not gone out yet."""
        return len(self._waiting)

    def offer(self, parcel: Parcel) -> None:
        """Takes a parcel to be published, from any thread."""
        self._waiting.extend((parcel, event) for event in parcel.events)
        connection = self._connection
        if connection is not None and self.ready.is_set() and not self._filling:
            self._filling = True
            _post(connection, self._fill)

    def leave(self) -> None:
        """Ends `run()`, from any thread."""
        self._leaving.set()
        connection = self._connection
        if connection is not None and self.ready.is_set():
            _post(connection, self._close)

    def run(self) -> None:
        """Publishes until told to leave."""
        failures = 0
        while not self._leaving.is_set():
            failures = 0 if self._one_connection() else failures + 1
            self._lose_everything()
            if not self._leaving.is_set():
                self._leaving.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])

    # All below runs in this object's own thread.

    def _one_connection(self) -> bool:
        """Runs one connection to its end; whether it ever was ready."""
        connection = CorkedConnection(
            self._parameters,
            on_open_callback=lambda opened: opened.channel(on_open_callback=self._on_channel),
            on_open_error_callback=self._on_gone,
            on_close_callback=self._on_gone,
        )
        self._connection = connection
        self._tick()
        try:
            connection.ioloop.start()
        except Exception as error:
            # Whatever it was: the events out are unknown then, and a new connection may do better.
            log.error("publishing failed", exchange=self._exchange, exc_info=error)
        connection.ioloop.close()
        was_ready = self.ready.is_set()
        self.ready.clear()
        return was_ready

    def _tick(self) -> None:
        self.ticked = monotonic()
        if self._leaving.is_set():
            self._close()
        self._connection.ioloop.call_later(1, self._tick)

    def _on_channel(self, channel: Any) -> None:
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_return_callback(lambda _, method, props, __: self._on_return(method, props))
        channel.confirm_delivery(self._on_answer, callback=lambda _: self._on_ready(channel))

    def _on_ready(self, channel: Any) -> None:
        self._channel = channel
        self.ready.set()
        log.info("publishing", exchange=self._exchange)
        self._fill()

    def _fill(self) -> None:
        self._filling = False
        if not self._may_publish():
            return
        with self._connection.corked():
            while self._may_publish():
                self._publish(*self._waiting.popleft())
        crashpoints.reached("relay.after-publish")

    def _may_publish(self) -> bool:
        return bool(self._waiting) and len(self._flight) < self._window and self._channel is not None

    def _publish(self, parcel: Parcel, event: Unsent) -> None:
        properties = pika.BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, message_id=event.id, type=event.type
        )
        self._flight.sent(parcel, event)
        self._channel.basic_publish(self._exchange, event.type, event.body, properties, mandatory=True)

    def _on_return(self, method: Any, properties: Any) -> None:
        self._flight.returned(properties.message_id, method.routing_key)

    def _on_answer(self, frame: Any) -> None:
        taken = isinstance(frame.method, pika.spec.Basic.Ack)
        self._settle(self._flight.answered(frame.method.delivery_tag, frame.method.multiple, taken))
        self._fill()

    def _settle(self, settled: list[Settled]) -> None:
        for (outcome, event_type), count in Counter((outcome, event.type) for _, event, outcome in settled).items():
            if outcome in _COUNTED:
                _COUNTED[outcome].labels(event_type).inc(count)
        for parcel, event, outcome in settled:
            if parcel.settle(event, outcome):
                self._done(parcel)

    def _on_channel_closed(self, _: Any, reason: Exception) -> None:
        # Typically a missing exchange or right: the topology is not there yet, or not any more.
        log.error("channel closed", exchange=self._exchange, reason=str(reason))
        self._channel = None
        self._close()

    def _close(self) -> None:
        if self._connection.is_open:
            self._connection.close()
        elif self._connection.is_closed:
            self._connection.ioloop.stop()

    def _on_gone(self, connection: Any, reason: Any) -> None:
        log.warning("broker connection gone", exchange=self._exchange, error=type(reason).__name__)
        connection.ioloop.stop()

    def _lose_everything(self) -> None:
        """Nothing is known of what was out: those documents are swept, and their events published, again."""
        self._connection = self._channel = None
        self._filling = False
        self._settle(self._flight.lost())
        while self._waiting:
            parcel, event = self._waiting.popleft()
            self._settle([(parcel, event, Outcome.UNKNOWN)])


def _post(connection: Any, callback: Callable[[], None]) -> None:
    """Has a callback run in the connection's thread; one that is gone at this very moment needs it no more."""
    with suppress(AttributeError, OSError):
        connection.ioloop.add_callback_threadsafe(callback)
