"""Makes a broker what the manifests ask for, and finds what stands in the way."""

from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.bootstrap.definitions import Definitions
from khunjerab.bootstrap.topology import Topology


class Mismatch(RuntimeError):
    """Something of this name is there already and is of another kind: only a person may decide to delete it."""


def prepare_broker(api: BrokerApi, vhost: str, wanted: Definitions, topology: Topology) -> None:
    """Declares everything in one request, then removes bindings that no manifest asks for any more.

    Existing queues are left as they are. Raises `Mismatch`, `BrokerRefused`.
    """
    api.post("definitions", body=wanted)
    _check_kinds(api, vhost, topology)
    _remove_old_bindings(api, vhost, topology)


def _check_kinds(api: BrokerApi, vhost: str, topology: Topology) -> None:
    wanted = {("queue", one.name): one.type for one in topology.queues}
    wanted |= {("exchange", one.name): one.type for one in topology.exchanges}
    found = {("queue", one["name"]): one.get("type", "classic") for one in api.get("queues", vhost)}
    found |= {("exchange", one["name"]): one["type"] for one in api.get("exchanges", vhost)}
    for (what, name), kind in wanted.items():
        if found.get((what, name)) != kind:
            raise Mismatch(f"{what} {name} should be of type {kind}, and is {found.get((what, name), 'missing')}")


def _remove_old_bindings(api: BrokerApi, vhost: str, topology: Topology) -> None:
    """An event type that is no longer subscribed to would otherwise go on arriving, and end as a dead letter."""
    wanted = {(one.source, one.queue, one.routing_key) for one in topology.bindings}
    queues = {one.name for one in topology.queues}
    for one in api.get("bindings", vhost):
        key = (one["source"], one["destination"], one["routing_key"])
        if one["source"] and one["destination"] in queues and key not in wanted:
            api.delete("bindings", vhost, "e", one["source"], "q", one["destination"], one["properties_key"])
