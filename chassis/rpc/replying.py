"""Sending replies on a connection of their own: one that consumes must never publish.

A consumer's connection that has published stops acknowledging under a memory alarm, and a publisher of nameko's hangs
on a broker that blocks. Here a reply waits in a queue of this process, is sent while its caller still waits, and is
dropped afterwards: the caller asks again under the same command id.
"""

import time
from dataclasses import dataclass
from typing import Any

import amqp
import eventlet
import structlog
from eventlet.queue import Empty, LightQueue

from chassis.consuming import HEARTBEAT, connection_to
from chassis.rpc.call import EXCHANGE

log = structlog.get_logger(__name__)

_SECONDS_TO_SEND = 5


@dataclass(frozen=True)
class Reply:
    """`to`: the caller's routing key. `until`: seconds since the epoch after which nobody waits for it."""

    to: str
    correlation_id: str
    body: bytes
    until: float


class Replies:
    """Sends replies one after the other from a green thread of its own; `send` never waits."""

    def __init__(self, amqp_url: str) -> None:
        self._amqp_url = amqp_url
        self._unsent: LightQueue = LightQueue()
        self._leaving = False
        self.idle = True

    def send(self, reply: Reply) -> None:
        self.idle = False
        self._unsent.put(reply)

    def leave(self) -> None:
        self._leaving = True

    def run(self) -> None:
        """Sends until told to leave, over as many connections as it takes."""
        while not self._leaving:
            try:
                with connection_to(self._amqp_url, heartbeat=HEARTBEAT) as connection:
                    self._send_all(connection)
            except (Exception, eventlet.Timeout) as error:
                log.warning("reply connection lost", exc_info=error)
                eventlet.sleep(0.5)

    def _send_all(self, connection: Any) -> None:
        channel = connection.channel()
        while not self._leaving:
            self.idle = self._unsent.empty()
            try:
                reply = self._unsent.get(timeout=1)
            except Empty:
                _keep_alive(connection)
                continue
            if time.time() < reply.until:
                self._publish(channel, reply)

    def _publish(self, channel: Any, reply: Reply) -> None:
        message = amqp.Message(
            reply.body, content_type="application/json", content_encoding="utf-8", correlation_id=reply.correlation_id
        )
        with eventlet.Timeout(_SECONDS_TO_SEND):
            channel.basic_publish(message, exchange=EXCHANGE, routing_key=reply.to)


def _keep_alive(connection: Any) -> None:
    """Lets the broker be heard (heartbeats, a closing connection) and answers it."""
    try:
        connection.drain_events(timeout=0.01)
    except TimeoutError:
        connection.heartbeat_tick()
