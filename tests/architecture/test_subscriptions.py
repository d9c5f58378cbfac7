"""What a service asks the broker for and what it does something about are the same."""

from collections.abc import Callable
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from chassis.clock import Clock, SystemClock
from chassis.manifest import Manifest
from contracts.catalogue import EVENT_MODELS
from services.exchange.bootstrap import Exchange
from services.exchange.manifest import MANIFEST as EXCHANGE
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.bootstrap import Notify
from services.notify.manifest import MANIFEST as NOTIFY
from services.research.bootstrap import Research
from services.research.manifest import MANIFEST as RESEARCH
from tests.fakes.sealing import PlainPrinter, seals
from tests.fakes.webhooks import FakeOutgoing

Application = Callable[[Database[dict[str, Any]], Clock], Any]

SERVICES: dict[str, tuple[Manifest, Application]] = {
    "exchange": (EXCHANGE, lambda database, clock: Exchange(database, clock, seals(), PlainPrinter())),
    "research": (RESEARCH, Research),
    "notify": (NOTIFY, lambda database, clock: Notify(database, clock, FakeOutgoing().whole, HmacPaceTokens("k"))),
}


@pytest.fixture
def database() -> Database[dict[str, Any]]:
    """One that nobody connects to: what is put together asks it nothing."""
    client: MongoClient[dict[str, Any]] = MongoClient("mongodb://127.0.0.1:9", connect=False)
    return client["nowhere"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_handles_what_it_subscribes_to_and_nothing_else(
    name: str, database: Database[dict[str, Any]]
) -> None:
    manifest, application = SERVICES[name]
    assert set(application(database, SystemClock()).handlers()) == set(manifest.subscribes_to)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_subscribes_to_types_that_there_are(name: str) -> None:
    assert set(SERVICES[name][0].subscribes_to) <= set(EVENT_MODELS)
