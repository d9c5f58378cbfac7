"""What the policies make of a message that nobody can handle, on the real broker."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel

from chassis.manifest import Manifest
from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.installation import Installation
from tests.fixtures.broker_acts import Attempt, do, publish
from tests.fixtures.installations import MakeInstallation
from tests.probes import eventually

BOOKED = "exchange.visit.booked.v1"
SERVICES = (Manifest("exchange", ()), Manifest("notify", (), (BOOKED,)))


@pytest.fixture
def prepared(make_installation: MakeInstallation) -> Installation:
    return make_installation(SERVICES)


@pytest.fixture
def channel(prepared: Installation) -> Iterator[BlockingChannel]:
    with closing(pika.BlockingConnection(pika.URLParameters(prepared.amqp_url("notify")))) as connection:
        do(prepared, Attempt("exchange", "publishes", publish("exchange.events", BOOKED)))
        yield connection.channel()


def test_a_rejected_message_moves_to_suspects_and_its_count_begins_anew(channel: BlockingChannel) -> None:
    for delivery in range(3):
        message = taken(channel, "notify.subscription")
        assert counted(message) == delivery
        channel.basic_nack(message[0].delivery_tag, requeue=delivery < 2)
    suspect = taken(channel, "notify.suspects")
    # RabbitMQ 4 begins anew only when it comes back, and until then shows one of the queue before: nothing rests on it.
    channel.basic_nack(suspect[0].delivery_tag, requeue=True)
    suspect = taken(channel, "notify.suspects")
    assert counted(suspect) == 1
    assert suspect[2] == b"{}"
    assert channel.basic_get("notify.subscription")[0] is None


def test_a_message_that_comes_back_too_often_ends_among_the_dead(channel: BlockingChannel) -> None:
    channel.basic_reject(taken(channel, "notify.subscription")[0].delivery_tag, requeue=False)
    for _ in range(21):
        channel.basic_nack(taken(channel, "notify.suspects")[0].delivery_tag, requeue=True)
    assert taken(channel, "notify.dead")[2] == b"{}"


def test_the_dead_never_reach_a_limit(channel: BlockingChannel) -> None:
    channel.basic_reject(taken(channel, "notify.subscription")[0].delivery_tag, requeue=False)
    for _ in range(21):
        channel.basic_nack(taken(channel, "notify.suspects")[0].delivery_tag, requeue=True)
    for _ in range(30):
        channel.basic_nack(taken(channel, "notify.dead")[0].delivery_tag, requeue=True)
    assert counted(taken(channel, "notify.dead")) == 30


def test_without_its_policy_the_message_would_be_gone(prepared: Installation, channel: BlockingChannel) -> None:
    BrokerApi(prepared.backends.broker_api_url).delete("policies", prepared.vhost, "notify.subscription")
    channel.basic_reject(taken(channel, "notify.subscription")[0].delivery_tag, requeue=False)
    with pytest.raises(AssertionError):
        eventually(lambda: channel.basic_get("notify.suspects")[0], timeout=1)


def taken(channel: BlockingChannel, queue: str) -> tuple[Any, Any, bytes]:
    """The next message, unacknowledged: delivery, properties, body."""

    def get() -> tuple[Any, Any, bytes] | None:
        message = channel.basic_get(queue)
        return message if message[0] else None

    return eventually(get)


def counted(message: tuple[Any, Any, bytes]) -> int:
    """How often the queue says it was delivered before; RabbitMQ 4 says nothing the first time."""
    return int((message[1].headers or {}).get("x-delivery-count", 0))
