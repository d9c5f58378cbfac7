"""Hears every event through a queue of one's own, which goes with the connection: no subscriber misses anything."""

import uuid
from collections.abc import Callable, Iterator, Sequence

import pika


def tail(parameters: pika.URLParameters, services: Sequence[str], listening: Callable[[], None]) -> Iterator[bytes]:
    """The bodies of the services' events, from now on; calls `listening` once none is missed any more."""
    connection = pika.BlockingConnection(parameters)
    try:
        channel = connection.channel()
        queue = f"tail-{uuid.uuid4()}"
        channel.queue_declare(queue, exclusive=True)
        for service in services:
            channel.queue_bind(queue, f"{service}.events", "#")
        listening()
        for _, _, body in channel.consume(queue, auto_ack=True, exclusive=True):
            yield body
    finally:
        if connection.is_open:
            connection.close()
