"""Publishing with confirms on bare pika: the fastest that a Python publisher gets."""

import time
from typing import Any

import orjson
import pika


def publish_in_flight(
    parameters: pika.URLParameters, exchange: str, routing_key: str, event: dict[str, Any], count: int, window: int
) -> float:
    """Publishes the event `count` times with at most `window` unconfirmed; returns events a second."""
    unconfirmed: dict[int, None] = {}
    sent, began, ended = 0, 0.0, 0.0
    properties = pika.BasicProperties(delivery_mode=2, content_type="application/cloudevents+json")

    def opened(channel: Any) -> None:
        nonlocal began
        channel.confirm_delivery(lambda frame: confirmed(channel, frame.method))
        began = time.perf_counter()
        fill(channel)

    def fill(channel: Any) -> None:
        nonlocal sent
        while sent < count and len(unconfirmed) < window:
            sent += 1
            unconfirmed[sent] = None
            channel.basic_publish(exchange, routing_key, orjson.dumps(event), properties, mandatory=True)

    def confirmed(channel: Any, answer: Any) -> None:
        nonlocal ended
        tag = answer.delivery_tag
        for each in [out for out in unconfirmed if out <= tag] if answer.multiple else [tag]:
            del unconfirmed[each]
        fill(channel)
        if not unconfirmed:
            ended = time.perf_counter()
            channel.connection.close()

    connection = pika.SelectConnection(
        parameters,
        on_open_callback=lambda made: made.channel(on_open_callback=opened),
        on_close_callback=lambda made, _: made.ioloop.stop(),
    )
    connection.ioloop.start()
    return count / (ended - began)
