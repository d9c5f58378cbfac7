"""What the broker has to have, worked out from manifests."""

import pytest

from chassis.manifest import Collection, Manifest
from khunjerab.bootstrap.definitions import definitions
from khunjerab.bootstrap.permissions import permissions
from khunjerab.bootstrap.topology import Binding, Queue, Topology, UnknownProducer, topology
from khunjerab.installation import LOGINS, Backends, Installation

EXCHANGE = Manifest("exchange", (Collection("visits"),))
NOTIFY = Manifest("notify", (Collection("notifications"),), ("exchange.visit.booked.v1", "exchange.visit.arrived.v1"))
HERE = Installation(Backends("amqp://a:b@h/", "http://h", "mongodb://h/"), dict.fromkeys(LOGINS, "pw"), "v", "p_")


@pytest.fixture
def both() -> Topology:
    return topology((EXCHANGE, NOTIFY))


def test_a_service_that_subscribes_to_nothing_has_only_its_calls(both: Topology) -> None:
    assert [queue for queue in both.queues if "exchange" in queue.name] == [Queue("rpc-exchange", "classic")]


def test_a_subscription_is_bound_to_each_type_it_wants_and_to_nothing_else(both: Topology) -> None:
    bound = {one for one in both.bindings if one.queue == "notify.subscription"}
    assert bound == {Binding("exchange.events", "notify.subscription", type_) for type_ in NOTIFY.subscribes_to}


def test_every_binding_joins_an_exchange_and_a_queue_that_are_declared(both: Topology) -> None:
    exchanges, queues = {one.name for one in both.exchanges}, {one.name for one in both.queues}
    assert {one.source for one in both.bindings} <= exchanges
    assert {one.queue for one in both.bindings} == queues


def test_what_the_broker_gives_up_on_goes_to_suspects_and_then_to_the_dead(both: Topology) -> None:
    moves = {policy.queue: dict(policy.definition).get("dead-letter-exchange") for policy in both.policies}
    assert moves == {
        "notify.subscription": "notify.suspects",
        "notify.suspects": "notify.dead",
        "notify.dead": None,
    }


def test_a_move_is_at_least_once_and_that_needs_reject_publish(both: Topology) -> None:
    for policy in both.policies:
        wanted = dict(policy.definition)
        if "dead-letter-exchange" in wanted:
            assert wanted["dead-letter-strategy"] == "at-least-once"
            assert wanted["overflow"] == "reject-publish"
            assert wanted["delivery-limit"] == 20


def test_a_policy_is_for_its_queue_alone(both: Topology) -> None:
    assert {policy.queue: policy.pattern for policy in both.policies}["notify.dead"] == r"^notify\.dead$"


def test_a_type_that_nobody_publishes_is_named() -> None:
    with pytest.raises(UnknownProducer, match=r"notify subscribes to exchange\.visit\.booked\.v1"):
        topology((NOTIFY,))


def test_definitions_name_logins_with_their_prefix_and_the_vhost(both: Topology) -> None:
    document = definitions(HERE, both, permissions((EXCHANGE, NOTIFY)))
    assert [user["name"] for user in document["users"]] == ["p_exchange", "p_notify", "p_web", "p_operator"]
    assert {one["vhost"] for part in document.values() for one in part if "vhost" in one} == {"v"}


def test_only_the_operator_sees_the_management_pages(both: Topology) -> None:
    document = definitions(HERE, both, permissions((EXCHANGE, NOTIFY)))
    assert [user["name"] for user in document["users"] if user["tags"]] == ["p_operator"]
