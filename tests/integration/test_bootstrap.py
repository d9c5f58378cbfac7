"""Bootstrap on the real broker and database."""

from dataclasses import replace
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.manifest import Collection, Index, Manifest
from khunjerab.bootstrap.broker import Mismatch
from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.bootstrap.prepare import prepare
from tests.fixtures.installations import MakeInstallation

EXCHANGE = Manifest("exchange", (Collection("visits"),))
NOTIFY = Manifest(
    "notify",
    (Collection("notifications", indexes=(Index((("recipient", 1),)),)),),
    ("exchange.visit.booked.v1", "exchange.visit.cancelled.v1"),
)
SERVICES = (EXCHANGE, NOTIFY)


def test_a_second_run_changes_nothing(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    before = _seen(BrokerApi(installation.backends.broker_api_url), installation.vhost)
    prepare(installation, SERVICES, SERVICES)
    assert _seen(BrokerApi(installation.backends.broker_api_url), installation.vhost) == before
    assert ("binding", "exchange.events", "notify.subscription", "exchange.visit.booked.v1") in before


def test_a_type_no_longer_subscribed_to_is_unbound(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    fewer = (EXCHANGE, replace(NOTIFY, subscribes_to=("exchange.visit.booked.v1",)))
    prepare(installation, fewer, fewer)
    after = _seen(BrokerApi(installation.backends.broker_api_url), installation.vhost)
    assert ("binding", "exchange.events", "notify.subscription", "exchange.visit.cancelled.v1") not in after
    assert ("binding", "exchange.events", "notify.subscription", "exchange.visit.booked.v1") in after


def test_a_queue_of_the_wrong_type_is_named_and_left_alone(make_installation: MakeInstallation) -> None:
    installation = make_installation((EXCHANGE,))
    api = BrokerApi(installation.backends.broker_api_url)
    api.put("queues", installation.vhost, "notify.subscription", body={"durable": True})
    with pytest.raises(Mismatch, match=r"queue notify\.subscription should be of type quorum, and is classic"):
        prepare(installation, SERVICES, SERVICES)


def test_collections_get_the_standard_indexes_and_their_own(make_installation: MakeInstallation) -> None:
    installation = make_installation(SERVICES)
    with MongoClient[dict[str, Any]](installation.mongo_url("notify")) as client:
        database = client.get_default_database()
        indexes = {tuple(index["key"]): index for index in database["notifications"].list_indexes()}
        assert set(indexes) == {("_id",), ("outbox.id",), ("due.at",), ("holds",), ("recipient",)}
        assert indexes["holds",]["unique"]
        assert indexes["holds",]["sparse"]
        assert not indexes["recipient",].get("unique")


def _seen(api: BrokerApi, vhost: str) -> set[tuple[str, ...]]:
    bindings = {
        ("binding", one["source"], one["destination"], one["routing_key"]) for one in api.get("bindings", vhost)
    }
    policies = {("policy", one["name"], str(sorted(one["definition"].items()))) for one in api.get("policies", vhost)}
    allowed = {("permission", *map(str, one.values())) for one in api.get("vhosts", vhost, "permissions")}
    return bindings | policies | allowed
