"""The broker: reached, logins, queues with consumers, policies."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import unquote, urlsplit

import pika
import requests
from pika.exceptions import AMQPError

from khunjerab.bootstrap.broker_api import BrokerApi, BrokerRefused
from khunjerab.bootstrap.topology import Topology
from khunjerab.doctor.finding import Finding, bad, good
from khunjerab.installation import LOGINS
from khunjerab.reach import Reach

LONG_QUEUE = 1000
BOOTSTRAP = "run: khunjerab bootstrap"


def look_at_broker(there: Reach, wanted: Topology) -> Iterator[Finding]:
    """Each login, each queue and each policy. Where the broker is away it says that alone."""
    try:
        _connect(there.amqp_url)
    except (AMQPError, OSError) as error:
        yield bad("broker", f"does not let the operator in: {_told(error)}", "is it running? is AMQP_URL right?")
        return
    yield good("broker", "is reached")
    if there.installation:
        yield from (_login(login, there.installation.amqp_url(login)) for login in LOGINS)
    yield from _queues_and_policies(there, wanted)


def _connect(url: str) -> None:
    parameters = pika.URLParameters(url)
    parameters.socket_timeout = parameters.blocked_connection_timeout = 5
    with closing(pika.BlockingConnection(parameters)):
        pass


def _login(login: str, url: str) -> Finding:
    try:
        _connect(url)
    except (AMQPError, OSError) as error:
        return bad("broker", f"refuses the login {login}: {_told(error)}", BOOTSTRAP)
    return good("broker", f"lets {login} in")


def _queues_and_policies(there: Reach, wanted: Topology) -> Iterator[Finding]:
    vhost = unquote(urlsplit(there.amqp_url).path.removeprefix("/")) or "/"
    api = BrokerApi(there.broker_api_url)
    try:
        queues = {queue["name"]: queue for queue in api.get("queues", vhost)}
        consumed = {consumer["queue"]["name"] for consumer in api.get("consumers", vhost)}
        policies = {policy["name"] for policy in api.get("policies", vhost)}
    except (requests.RequestException, BrokerRefused, KeyError) as error:
        yield bad("broker", f"its management API does not answer: {_told(error)}", "is BROKER_API_URL right?")
        return
    for one in wanted.queues:
        yield _queue(one.name, queues.get(one.name), one.name in consumed)
    for policy in wanted.policies:
        if policy.queue not in policies:
            yield bad("broker", f"the policy {policy.queue} is missing: its queue has no limits", BOOTSTRAP)


def _queue(name: str, found: dict[str, Any] | None, is_consumed: bool) -> Finding:
    if found is None:
        return bad(name, "there is no such queue: messages for it are lost", BOOTSTRAP)
    waiting = found.get("messages", 0)
    # Nobody listens to a `dead` queue all the time: the worker empties it every now and then.
    if not is_consumed and not name.endswith(".dead"):
        service = name.removeprefix("rpc-").partition(".")[0]
        return bad(name, f"nobody consumes it ({waiting} waiting)", f"is the process `{service} serve` running?")
    if waiting > LONG_QUEUE:
        return bad(name, f"{waiting} messages are waiting", "are its handlers slow, or its database away?")
    return good(name, f"{waiting} waiting")


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
