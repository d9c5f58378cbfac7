"""What the tests leave behind when they end."""

import time

import pytest

from chassis.store.connecting import database_at
from khunjerab.stack.backends import RunningBackends
from tests.fixtures.installations import installations

pytestmark = pytest.mark.broker


def test_an_installation_is_removed_though_a_client_died_within_a_transaction(backends: RunningBackends) -> None:
    with installations(backends) as make:
        database = database_at(make().mongo_url("notify"))
        database["notifications"].insert_one({"_id": "known"})
        session = database.client.start_session()
        session.start_transaction()
        database["notifications"].update_one({"_id": "known"}, {"$set": {"left": "open"}}, session=session)
        begun = time.monotonic()
    assert time.monotonic() - begun < 30
