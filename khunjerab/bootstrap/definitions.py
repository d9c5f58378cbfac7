"""Topology and permissions as one document of definitions, which the broker's management API takes at once. Pure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from khunjerab.bootstrap.permissions import Permissions
from khunjerab.bootstrap.topology import Topology
from khunjerab.installation import Installation

Definitions = dict[str, list[dict[str, Any]]]


def definitions(installation: Installation, wanted: Topology, permitted: Sequence[Permissions]) -> Definitions:
    """Source of the format: RabbitMQ's management API, `POST /api/definitions`."""
    return _topology(installation.vhost, wanted) | _logins(installation, permitted)


def _topology(vhost: str, wanted: Topology) -> Definitions:
    return {
        "vhosts": [{"name": vhost}],
        "exchanges": [_exchange(vhost, one.name, one.type) for one in wanted.exchanges],
        "queues": [_queue(vhost, one.name, one.type) for one in wanted.queues],
        "bindings": [_binding(vhost, one.source, one.queue, one.routing_key) for one in wanted.bindings],
        "policies": [
            {
                "vhost": vhost,
                "name": one.queue,
                "pattern": one.pattern,
                "apply-to": "queues",
                "priority": 0,
                "definition": dict(one.definition),
            }
            for one in wanted.policies
        ],
    }


def _exchange(vhost: str, name: str, kind: str) -> dict[str, Any]:
    flags = {"durable": True, "auto_delete": False, "internal": False, "arguments": {}}
    return {"vhost": vhost, "name": name, "type": kind, **flags}


def _queue(vhost: str, name: str, kind: str) -> dict[str, Any]:
    # A classic queue says nothing of its type: so nameko and the broker's own tools write it, too.
    arguments = {} if kind == "classic" else {"x-queue-type": kind}
    return {"vhost": vhost, "name": name, "durable": True, "auto_delete": False, "arguments": arguments}


def _binding(vhost: str, source: str, queue: str, routing_key: str) -> dict[str, Any]:
    target = {"destination": queue, "destination_type": "queue", "routing_key": routing_key}
    return {"vhost": vhost, "source": source, **target, "arguments": {}}


def _logins(installation: Installation, permitted: Sequence[Permissions]) -> Definitions:
    return {
        "users": [
            {
                "name": installation.login(one.login),
                "password": installation.passwords[one.login],
                "tags": ",".join(one.tags),
            }
            for one in permitted
        ],
        "permissions": [
            {
                "user": installation.login(one.login),
                "vhost": installation.vhost,
                "configure": one.configure,
                "write": one.write,
                "read": one.read,
            }
            for one in permitted
        ],
        "topic_permissions": [
            {"user": installation.login(one.login), "vhost": installation.vhost, **asdict(topic)}
            for one in permitted
            for topic in one.topics
        ],
    }
