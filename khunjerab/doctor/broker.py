"""The broker: reached, logins, queues with consumers, policies."""

from collections.abc import Iterator
from contextlib import closing

import pika
import requests
from pika.exceptions import AMQPError, ChannelClosedByBroker

from khunjerab.bootstrap.broker_api import BrokerApi, BrokerRefused
from khunjerab.bootstrap.topology import Topology
from khunjerab.doctor.finding import Finding, bad, good
from khunjerab.installation import LOGINS, vhost_of
from khunjerab.reach import Reach

LONG_QUEUE = 1000
BOOTSTRAP = "run: khunjerab bootstrap"


def look_at_broker(there: Reach, wanted: Topology) -> Iterator[Finding]:
    """Each login, each queue and each policy. Where the broker is away it says that alone."""
    try:
        with closing(_connected(there.amqp_url)) as connection:
            yield good("broker", "is reached")
            yield from (_queue(connection, one.name) for one in wanted.queues)
    except (AMQPError, OSError) as error:
        yield bad("broker", f"does not let the operator in: {_told(error)}", "is it running? is AMQP_URL right?")
        return
    if there.installation:
        yield from (_login(login, there.installation.amqp_url(login)) for login in LOGINS)
    yield from _policies(there, wanted)


def _connected(url: str) -> pika.BlockingConnection:
    parameters = pika.URLParameters(url)
    parameters.socket_timeout = parameters.blocked_connection_timeout = 5
    return pika.BlockingConnection(parameters)


def _login(login: str, url: str) -> Finding:
    try:
        _connected(url).close()
    except (AMQPError, OSError) as error:
        return bad("broker", f"refuses the login {login}: {_told(error)}", BOOTSTRAP)
    return good("broker", f"lets {login} in")


def _queue(connection: pika.BlockingConnection, name: str) -> Finding:
    """Asked over AMQP: exact, while the management API shows a login only its own consumers."""
    try:
        found = connection.channel().queue_declare(name, passive=True).method
    except ChannelClosedByBroker:
        return bad(name, "there is no such queue: messages for it are lost", BOOTSTRAP)
    waiting = f"{found.message_count} waiting"
    # Nobody listens to these all the time: the worker looks into them every now and then.
    if not found.consumer_count and not name.endswith((".suspects", ".dead")):
        service = name.removeprefix("rpc-").partition(".")[0]
        return bad(name, f"nobody consumes it ({waiting})", f"is the process `{service} serve` running?")
    if found.message_count > LONG_QUEUE:
        return bad(name, waiting, "are its handlers slow, or its database away?")
    return good(name, waiting)


def _policies(there: Reach, wanted: Topology) -> Iterator[Finding]:
    try:
        policies = BrokerApi(there.broker_api_url).get("policies", vhost_of(there.amqp_url))
        found = {one["name"]: one["definition"] for one in policies}
    except (requests.RequestException, BrokerRefused) as error:
        yield bad("broker", f"its management API does not answer: {_told(error)}", "is BROKER_API_URL right?")
        return
    off = [policy.queue for policy in wanted.policies if found.get(policy.queue) != dict(policy.definition)]
    for queue in off:
        yield bad(queue, "its policy is missing or other than it should be: no limits hold", BOOTSTRAP)
    if not off:
        yield good("broker", "has every policy")


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
