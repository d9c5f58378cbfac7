"""Who may do what on the broker. Pure.

Only bootstrap declares. A service writes its own events and replies, and reads its own queues; web and the operator
call services and read the replies; nobody may use the default exchange, through which any queue could be written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.manifest import Manifest
from khunjerab.bootstrap.topology import RPC_EXCHANGE

NOTHING = "^$"
REPLY_ID = r"^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$"
"""A reply's routing key: a UUID, which nobody can guess."""


@dataclass(frozen=True)
class TopicPermission:
    """Routing keys that may be published with (`write`) or bound (`read`) on a topic exchange: regular expressions."""

    exchange: str
    write: str
    read: str


@dataclass(frozen=True)
class Permissions:
    """Names that one login may declare or delete, publish to, consume from or bind: regular expressions."""

    login: str
    configure: str
    write: str
    read: str
    topics: tuple[TopicPermission, ...] = ()
    tags: tuple[str, ...] = ()


def permissions(manifests: Sequence[Manifest]) -> tuple[Permissions, ...]:
    """One entry per login: the services, web and the operator."""
    names = [manifest.name for manifest in manifests]
    return (*(_service(manifest) for manifest in manifests), _caller("web", names), _operator(names))


def _service(manifest: Manifest) -> Permissions:
    name = manifest.name
    queues = [f"rpc-{name}"]
    if manifest.subscribes_to:
        queues += [f"{name}.subscription", f"{name}.suspects", f"{name}.dead"]
    return Permissions(
        login=name,
        configure=NOTHING,
        write=_one_of([f"{name}.events", RPC_EXCHANGE]),
        read=_one_of(queues),
        topics=(
            TopicPermission(RPC_EXCHANGE, write=REPLY_ID, read=rf"^{name}\."),
            TopicPermission(f"{name}.events", write=rf"^{name}\.", read=NOTHING),
        ),
    )


def _caller(name: str, services: Sequence[str]) -> Permissions:
    replies = rf"rpc\.reply-{name}-.*"
    calls = rf"^({'|'.join(services)})\."
    return Permissions(
        login=name,
        configure=rf"^{replies}$",
        write=rf"^(nameko-rpc|{replies})$",
        read=rf"^(nameko-rpc|{replies})$",
        topics=(TopicPermission(RPC_EXCHANGE, write=calls, read=REPLY_ID),),
    )


def _operator(services: Sequence[str]) -> Permissions:
    """Calls as web does, and may watch events through temporary queues of its own; sees the queues' state."""
    caller = _caller("operator", services)
    own = r"rpc\.reply-operator-.*|tail-.*"
    events = "|".join(rf"{name}\.events" for name in services)
    return Permissions(
        login="operator",
        configure=rf"^({own})$",
        write=rf"^(nameko-rpc|{own})$",
        read=rf"^(nameko-rpc|{events}|{own})$",
        topics=caller.topics,
        tags=("management",),
    )


def _one_of(names: Sequence[str]) -> str:
    return rf"^({'|'.join(name.replace('.', chr(92) + '.') for name in names)})$"
