"""Every exchange, queue, binding and policy, worked out from what the services say about themselves.

Pure: the same manifests give the same topology, and nothing here talks to a broker.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.manifest import Manifest
from contracts.catalogue import producer

RPC_EXCHANGE = "nameko-rpc"
DELIVERY_LIMIT = 20
NEVER = 1_000_000_000
"""As good as no delivery limit, and understood by every version (RabbitMQ 4 has 20 by default, then drops)."""


@dataclass(frozen=True)
class Exchange:
    name: str
    type: str = "topic"


@dataclass(frozen=True)
class Queue:
    """`type` is `quorum` or `classic`; all are durable."""

    name: str
    type: str = "quorum"


@dataclass(frozen=True)
class Binding:
    source: str
    queue: str
    routing_key: str = ""


@dataclass(frozen=True)
class Policy:
    """Limits and dead-lettering of one queue: in a policy, so that they change without making the queue anew."""

    queue: str
    definition: tuple[tuple[str, Any], ...]

    @property
    def pattern(self) -> str:
        return f"^{re.escape(self.queue)}$"


@dataclass(frozen=True)
class Topology:
    exchanges: tuple[Exchange, ...]
    queues: tuple[Queue, ...]
    bindings: tuple[Binding, ...]
    policies: tuple[Policy, ...]


class UnknownProducer(ValueError):
    """A service subscribes to an event type of a service that is not part of the installation."""


def topology(manifests: Sequence[Manifest]) -> Topology:
    """What the broker has to have before any process starts: an event without its queue would be lost.

    Manifests without events or RPC (web's) are left out by the caller. Raises `UnknownProducer`.
    """
    _check_producers(manifests)
    parts = [_of_service(manifest) for manifest in manifests]
    return Topology(
        exchanges=(Exchange(RPC_EXCHANGE), *_flat(part.exchanges for part in parts)),
        queues=_flat(part.queues for part in parts),
        bindings=_flat(part.bindings for part in parts),
        policies=_flat(part.policies for part in parts),
    )


def _of_service(manifest: Manifest) -> Topology:
    name = manifest.name
    own = Topology(
        exchanges=(Exchange(f"{name}.events"),),
        queues=(Queue(f"rpc-{name}", type="classic"),),
        bindings=(Binding(RPC_EXCHANGE, f"rpc-{name}", f"{name}.*"),),
        policies=(),
    )
    return _joined(own, _of_subscriber(manifest)) if manifest.subscribes_to else own


def _of_subscriber(manifest: Manifest) -> Topology:
    subscription, suspects, dead = (f"{manifest.name}.{role}" for role in ("subscription", "suspects", "dead"))
    wanted = tuple(Binding(f"{producer(type_)}.events", subscription, type_) for type_ in manifest.subscribes_to)
    return Topology(
        exchanges=(Exchange(suspects, "fanout"), Exchange(dead, "fanout")),
        queues=(Queue(subscription), Queue(suspects), Queue(dead)),
        bindings=(*wanted, Binding(suspects, suspects), Binding(dead, dead)),
        policies=(
            Policy(subscription, _moving_to(suspects)),
            Policy(suspects, _moving_to(dead)),
            Policy(dead, (("delivery-limit", NEVER),)),
        ),
    )


def _moving_to(exchange: str) -> tuple[tuple[str, Any], ...]:
    """At-least-once: the broker lets go of a message only when the next queue has it. It needs `reject-publish`."""
    return (
        ("delivery-limit", DELIVERY_LIMIT),
        ("dead-letter-exchange", exchange),
        ("dead-letter-strategy", "at-least-once"),
        ("overflow", "reject-publish"),
    )


def _joined(one: Topology, other: Topology) -> Topology:
    return Topology(
        one.exchanges + other.exchanges,
        one.queues + other.queues,
        one.bindings + other.bindings,
        one.policies + other.policies,
    )


def _check_producers(manifests: Sequence[Manifest]) -> None:
    names = {manifest.name for manifest in manifests}
    for manifest in manifests:
        for type_ in manifest.subscribes_to:
            if producer(type_) not in names:
                raise UnknownProducer(f"{manifest.name} subscribes to {type_}, which no service here publishes")


def _flat(groups: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(item for group in groups for item in group)
