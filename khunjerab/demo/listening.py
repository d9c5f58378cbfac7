"""Hears every event of the story, from a queue of its own."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

import pika
from pika.exceptions import AMQPError

from contracts.catalogue import parse
from khunjerab.installation import SERVICES
from khunjerab.tail import tail


@dataclass
class Heard:
    """The events that came by, in order; `types` may be read while more come."""

    types: list[str] = field(default_factory=list)


def listen(amqp_url: str) -> Heard:
    """Listens in a thread until the program ends; returns once no event can be missed any more."""
    heard, listening = Heard(), threading.Event()

    def hear() -> None:
        # The broker goes before the demo does: that ends the listening.
        with suppress(AMQPError):
            for body in tail(pika.URLParameters(amqp_url), SERVICES, listening.set):
                heard.types.append(parse(body).type)

    threading.Thread(target=hear, daemon=True).start()
    if not listening.wait(10):
        raise RuntimeError("the broker does not let the operator listen to events")
    return heard
