"""Reading a message of the RPC queue: what is no call at all is told apart before any method sees it."""

import re
from dataclasses import dataclass
from typing import Any

import orjson

from chassis.consuming import Delivery
from chassis.rpc.call import HEADER, Call, call_from

_REPLY_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


class NoCall(ValueError):
    """The message cannot be answered or understood; its text is a word for metrics and never quotes the message."""


@dataclass(frozen=True)
class Envelope:
    """Where the answer goes."""

    reply_to: str
    correlation_id: str


def envelope(delivery: Delivery) -> Envelope:
    """Raises `NoCall`: without an address, nobody waits for an answer, and nameko itself would die of it.

    An address that is no UUID is none: the broker forbids it, and would close the channel of everybody's replies.
    """
    reply_to = delivery.properties.get("reply_to")
    if not isinstance(reply_to, str) or not _REPLY_ID.fullmatch(reply_to):
        raise NoCall("no-reply-to")
    return Envelope(reply_to, str(delivery.properties.get("correlation_id") or ""))


def fields(delivery: Delivery) -> dict[str, Any]:
    """The call's keyword arguments. Raises `NoCall`."""
    try:
        body = orjson.loads(delivery.body)
    except orjson.JSONDecodeError:
        raise NoCall("not-json") from None
    kwargs = body.get("kwargs") if isinstance(body, dict) else None
    if not isinstance(kwargs, dict) or body.get("args") not in (None, []):
        raise NoCall("no-kwargs")
    return kwargs


def call(delivery: Delivery) -> Call:
    """The call's circumstances. Raises `InvalidCommand`."""
    return call_from(delivery.headers.get(HEADER))
