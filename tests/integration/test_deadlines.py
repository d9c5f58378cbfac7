"""Deadlines on the real broker and database: who is told that nobody knows can rely on it that nothing comes later."""

import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.rpc.client import CallTimedOut, Refused, RpcClient, RpcError
from tests.fixtures.wire import Wire, wire_to
from tests.integration.small import ACTOR, Small, client, small, without
from tests.probes import always, equal, eventually

__all__ = ["client", "small"]


@pytest.fixture
def to_database(small: Small) -> Iterator[Wire]:
    """The wire between the serving process and its database."""
    wire = wire_to(small.installation.mongo_url("notify"))
    yield wire
    wire.close()


@pytest.fixture
def to_broker(small: Small) -> Iterator[Wire]:
    """The wire between the caller and the broker."""
    wire = wire_to(small.installation.amqp_url("web"))
    yield wire
    wire.close()


def serve(small: Small, wire: Wire, mutant: str = "") -> None:
    # Directly: else the driver asks the server for its address, and goes there without the wire.
    url = f"{wire.instead(small.installation.mongo_url('notify'))}&directConnection=true"
    small.start("serve", mutant=mutant, MONGO_URL=url)


@without("rpc: a late call is not carried out")
def test_what_a_held_database_is_asked_is_not_written_later(
    small: Small, client: RpcClient, to_database: Wire, mutant: str
) -> None:
    serve(small, to_database, mutant)
    command_id = client.call("notify", "do", {}, actor=ACTOR)
    with to_database.held(), pytest.raises(CallTimedOut):
        client.call("notify", "do", {}, actor=ACTOR, timeout=1.5)
    always(lambda: equal([each["_id"] for each in small.effects], [command_id]), seconds=1)


@without("rpc: a late call is not carried out")
def test_what_takes_too_long_between_two_writes_of_a_transaction_writes_neither(
    small: Small, client: RpcClient, mutant: str
) -> None:
    small.start("serve", mutant=mutant)
    command_id = uuid.uuid4().hex
    with pytest.raises(CallTimedOut):
        client.call("notify", "do_both", {"seconds": 2.0}, actor=ACTOR, timeout=1.2, command_id=command_id)
    always(lambda: equal(small.effects, []), seconds=2)
    assert client.call("notify", "do_both", {"seconds": 0.0}, actor=ACTOR, command_id=command_id) == command_id
    assert len(small.effects) == 2


def test_each_call_has_its_own_deadline_however_many_run_at_once(small: Small, client: RpcClient) -> None:
    small.start("serve")

    def ask(timeout: float) -> Any:
        try:
            return bool(client.call("notify", "dawdle", {"seconds": 2.0}, actor=ACTOR, timeout=timeout))
        except CallTimedOut:
            return False

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, [1.2, 40.0] * 4))
    assert answers == [False, True] * 4
    assert len(small.effects) == 4


def test_where_the_database_went_nobody_knows_until_it_is_asked_again(
    small: Small, client: RpcClient, to_database: Wire
) -> None:
    serve(small, to_database)
    command_id = uuid.uuid4().hex
    with to_database.held():
        to_database.cut()
        with pytest.raises(CallTimedOut) as unknown:
            client.call("notify", "do", {}, actor=ACTOR, timeout=8, command_id=command_id)
    assert unknown.value.command_id == command_id
    assert small.eventually(lambda: client.call("notify", "do", {}, actor=ACTOR, command_id=command_id)) == command_id
    assert [each["_id"] for each in small.effects] == [command_id]


def test_after_a_lost_connection_nobody_asks_again_before_the_first_call_is_over(small: Small, to_broker: Wire) -> None:
    small.start("serve")
    client = RpcClient(to_broker.instead(small.installation.amqp_url("web")), "web")
    over: list[float] = []

    def ask() -> None:
        try:
            client.call("notify", "dawdle", {"seconds": 1.0}, actor=ACTOR, timeout=4)
        except CallTimedOut:
            over.append(time.monotonic())

    began = time.monotonic()
    asking = threading.Thread(target=ask)
    asking.start()
    small.eventually(lambda: equal((small.directory / "dawdling").exists(), wanted=True))
    to_broker.cut()
    asking.join()
    client.close()
    assert over[0] - began >= 4
    assert len(small.effects) == 1


def test_calls_that_wait_for_a_worker_when_the_service_stops_are_not_refused(small: Small, client: RpcClient) -> None:
    serving = small.start("serve")
    refused: list[Refused] = []

    def ask(_: int) -> Any:
        try:
            return client.call("notify", "dawdle", {"seconds": 0.5}, actor=ACTOR, timeout=20)
        except Refused as error:
            refused.append(error)
        except RpcError:
            return None

    with ThreadPoolExecutor(40) as pool:
        answers = pool.map(ask, range(40))
        small.eventually(lambda: equal((small.directory / "dawdling").exists(), wanted=True))
        serving.ask_to_stop()
        eventually(lambda: equal(serving.is_running(), wanted=False), timeout=10)
        small.start("serve")
        assert all(answers)
    assert [error.name for error in refused] == []
    assert len(small.effects) == 40
