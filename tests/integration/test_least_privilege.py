"""What each login may not do on the broker is attempted.

Every forbidden act is attempted twice: as bootstrap leaves it, where it is refused, and with the guard taken away,
where it is done. The second shows that the first can tell the difference.
"""

import uuid
from collections.abc import Iterator
from dataclasses import replace

from chassis.manifest import Collection, Manifest
from khunjerab.bootstrap.permissions import permissions
from khunjerab.bootstrap.prepare import prepare
from tests.fixtures.broker_acts import (
    Attempt,
    bind,
    consume,
    declare_exchange,
    declare_queue,
    delete_exchange,
    delete_queue,
    do,
    outcome,
    publish,
    purge,
    read,
    tap,
    unbind,
)
from tests.fixtures.installations import MakeInstallation

BOOKED = "exchange.visit.booked.v1"
REPORTED = "research.outcome.reported.v1"
SERVICES = (
    Manifest("exchange", (Collection("visits"),)),
    Manifest("research", (Collection("outcomes"),), (BOOKED,)),
    Manifest("notify", (Collection("notifications"),), (BOOKED, REPORTED)),
)
OPEN = [replace(one, configure=".*", write=".*", read=".*", topics=()) for one in permissions(SERVICES)]


def _of_a_service(me: str, other: str) -> Iterator[Attempt]:
    my_reply = f"rpc.reply-{me}-"
    yield Attempt(me, f"publishes {other}'s event", publish(f"{other}.events", f"{other}.visit.booked.v1"))
    yield Attempt(me, f"publishes an event named as {other}'s among its own", publish(f"{me}.events", f"{other}.x.v1"))
    yield Attempt(me, f"calls {other}", publish("nameko-rpc", f"{other}.visits"))
    yield Attempt(me, "calls itself", publish("nameko-rpc", f"{me}.visits"))
    yield Attempt(me, f"reads {other}'s calls", read(f"rpc-{other}"))
    yield Attempt(me, f"consumes {other}'s calls", consume(f"rpc-{other}"))
    yield Attempt(me, f"taps {other}'s calls", tap("nameko-rpc", f"{other}.*", my_reply))
    yield Attempt(me, "taps everybody's calls", tap("nameko-rpc", "#", my_reply))
    yield Attempt(me, f"binds its own queue to {other}'s calls", bind("nameko-rpc", f"{other}.*", f"rpc-{me}"))
    yield Attempt(me, f"binds {other}'s queue", bind("nameko-rpc", f"{me}.*", f"rpc-{other}"))
    yield Attempt(me, f"unbinds {other}'s queue", unbind("nameko-rpc", f"{other}.*", f"rpc-{other}"))
    yield Attempt(me, "watches events through a queue of its own", tap(f"{other}.events", "#", "mine-"))
    for queue in (f"rpc-{other}", *(f"{other}.{role}" for role in ("subscription", "suspects", "dead"))):
        if other != "exchange" or queue == "rpc-exchange":
            yield Attempt(me, f"reads {queue}", read(queue))
            yield Attempt(me, f"purges {queue}", purge(queue))
            yield Attempt(me, f"deletes {queue}", delete_queue(queue))
            yield Attempt(me, f"writes {queue} through the default exchange", publish("", queue))
    for exchange in ("nameko-rpc", f"{other}.events", f"{me}.events"):
        yield Attempt(me, f"deletes the exchange {exchange}", delete_exchange(exchange))
        yield Attempt(me, f"declares the exchange {exchange}", declare_exchange(exchange))
    yield Attempt(me, "deletes its own queue", delete_queue(f"rpc-{me}"))
    yield Attempt(me, "declares its own queue", declare_queue(f"rpc-{me}"))
    yield Attempt(me, "declares a queue that nobody knows", declare_queue("mine"))
    yield Attempt(me, "declares an exchange that nobody knows", declare_exchange("mine"))


def _of_a_caller(me: str) -> Iterator[Attempt]:
    mine = f"rpc.reply-{me}-"
    yield Attempt(me, "publishes an event", publish("exchange.events", BOOKED))
    yield Attempt(me, "answers a call in a service's place", publish("nameko-rpc", str(uuid.uuid4())))
    yield Attempt(me, "taps exchange's calls", tap("nameko-rpc", "exchange.*", mine))
    yield Attempt(me, "taps everybody's calls and replies", tap("nameko-rpc", "#", mine))
    yield Attempt(me, "taps all replies", tap("nameko-rpc", "*", mine))
    yield Attempt(me, "reads notify's events", read("notify.subscription"))
    yield Attempt(me, "reads exchange's calls", read("rpc-exchange"))
    yield Attempt(me, "purges exchange's calls", purge("rpc-exchange"))
    yield Attempt(me, "deletes exchange's calls", delete_queue("rpc-exchange"))
    yield Attempt(me, "deletes the RPC exchange", delete_exchange("nameko-rpc"))
    yield Attempt(me, "declares the RPC exchange", declare_exchange("nameko-rpc"))
    yield Attempt(me, "declares a queue that nobody knows", declare_queue("mine"))
    yield Attempt(me, "declares another caller's reply queue", declare_queue("rpc.reply-exchange-1"))
    yield Attempt(me, "writes a queue through the default exchange", publish("", "notify.subscription"))


NAMES = [service.name for service in SERVICES]
ATTEMPTS = [
    *(attempt for me in NAMES for other in NAMES if me != other for attempt in _of_a_service(me, other)),
    *_of_a_caller("web"),
    *_of_a_caller("operator"),
    Attempt("web", "watches events", tap("exchange.events", "#", "rpc.reply-web-")),
]


def test_forbidden_acts_are_refused_by_the_broker(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    outcomes = {str(attempt): outcome(installation, attempt) for attempt in ATTEMPTS}
    assert {what: came for what, came in outcomes.items() if came != "refused"} == {}
    assert len(outcomes) > 150


def test_the_same_acts_succeed_where_permissions_are_wide_open(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES, permitted=OPEN)
    outcomes = {}
    for attempt in ATTEMPTS:
        outcomes[str(attempt)] = outcome(installation, attempt)
        prepare(installation, SERVICES, (), OPEN)  # puts back what was deleted
    assert {what: came for what, came in outcomes.items() if came != "done"} == {}


def test_allowed_acts_work(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    reply_id = str(uuid.uuid4())
    acts = [
        Attempt("exchange", "publishes its event", publish("exchange.events", BOOKED)),
        Attempt("exchange", "replies", publish("nameko-rpc", reply_id)),
        Attempt("exchange", "replies to an id without hyphens", publish("nameko-rpc", uuid.uuid4().hex)),
        Attempt("exchange", "takes calls", consume("rpc-exchange")),
        *(Attempt("notify", f"reads {role}", read(f"notify.{role}")) for role in ("subscription", "suspects", "dead")),
        Attempt("operator", "watches events", tap("exchange.events", "#", "tail-")),
    ]
    for me in ("web", "operator"):
        acts += [Attempt(me, f"calls {service}", publish("nameko-rpc", f"{service}.visits")) for service in NAMES]
        acts += [Attempt(me, "waits for replies", tap("nameko-rpc", reply_id, f"rpc.reply-{me}-"))]
    outcomes = {str(act): outcome(installation, act) for act in acts}
    assert {what: came for what, came in outcomes.items() if came != "done"} == {}


def test_an_event_of_one_service_reaches_the_queue_of_another(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    do(installation, Attempt("exchange", "publishes", publish("exchange.events", BOOKED)))
    found = do(installation, Attempt("notify", "reads", read("notify.subscription")))
    assert found[2] == b"{}"
