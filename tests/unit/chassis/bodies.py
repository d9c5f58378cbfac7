"""Messages' bodies for the tests of what reads them."""

from typing import Any

import orjson

from tests.event_factory import make_event

CHANGED, BOOKED = "exchange.person.changed.v1", "exchange.visit.booked.v1"


def body(event_type: str = CHANGED, **envelope: Any) -> bytes:
    """An event as a message's body, with some of its envelope replaced."""
    return orjson.dumps(make_event(event_type) | envelope)
