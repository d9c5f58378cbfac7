"""Broker and database going away under load: everything comes back by itself, nothing lost, nothing twice."""

import subprocess
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pymongo.errors import PyMongoError

from chassis.rpc.client import RpcClient, RpcError
from khunjerab.stack.backends import RunningBackends
from khunjerab.stack.needs import rabbitmq_server
from khunjerab.stack.supervised import Supervised
from khunjerab.stack.waiting import wait_until_ready
from tests.integration.small import ACTOR, Small, body, close_connections, metrics, person, small, without
from tests.probes import Finding, always, equal

__all__ = ["small"]

pytestmark = pytest.mark.timeout(240)
"""Where the machine is slow, brokers and databases take long to come back."""


@contextmanager
def load(small: Small) -> Iterator[tuple[set[str], set[str]]]:
    """Decides events and gives commands all the time; tells which persons and which commands it was about.

    A command that got no answer is given again, under the same id, until it gets one.
    """
    persons: set[str] = set()
    commands: set[str] = set()
    ending = threading.Event()
    client = small.client()

    def decide() -> None:
        while not ending.wait(0.02):
            event = person()
            if _stored(small, event):
                persons.add(event["data"]["person"])

    def command() -> None:
        while not ending.wait(0.02):
            command_id = uuid.uuid4().hex
            while not _given(client, command_id):
                ending.wait(0.05)
            commands.add(command_id)

    threads = [threading.Thread(target=decide), threading.Thread(target=command)]
    for thread in threads:
        thread.start()
    yield persons, commands
    ending.set()
    for thread in threads:
        thread.join(60)
    client.close()


def _stored(small: Small, event: dict[str, object]) -> bool:
    try:
        small.decide(event)
    except PyMongoError:
        return False
    return True


def _given(client: RpcClient, command_id: str) -> bool:
    try:
        return bool(client.call("notify", "do", {}, actor=ACTOR, command_id=command_id, timeout=2) == command_id)
    except RpcError:
        return False


def started(small: Small, mutant: str = "") -> Supervised:
    small.start("relay", wait=False)
    small.start("worker", wait=False)
    return small.start("serve", mutant=mutant)


def settled(small: Small, persons: set[str], commands: set[str]) -> None:
    """Waits until each event and each command has had its effect, once, and nothing is left over."""
    small.eventually(lambda: equal(small.unsent, 0))
    small.eventually(lambda: missing(small, persons, commands))
    effects = small.effects
    done = [each["person"] for each in effects if "person" in each]
    assert len(done) == len(set(done))
    assert {each["command"] for each in effects if "command" in each} == commands
    assert small.dead == []


def missing(small: Small, persons: set[str], commands: set[str]) -> Finding[set[str]]:
    effects = small.effects
    seen = {each.get("person") or each["command"] for each in effects}
    left = (persons | commands) - seen
    return Finding(left, not left, "no event or command without its effect")


def some_more(small: Small, by: int = 20) -> None:
    """Waits until load goes through again."""
    before = len(small.effects)
    small.eventually(lambda: Finding(len(small.effects), len(small.effects) > before + by, f"{by} more"))


def restarted(backend: Supervised) -> None:
    backend.kill()
    backend.start()
    wait_until_ready([backend], 60)


@pytest.fixture
def broker(backends: RunningBackends) -> Supervised:
    """The embedded broker, to be killed."""
    return embedded(backends, "broker")


@pytest.fixture
def database(backends: RunningBackends) -> Supervised:
    """The embedded database, to be killed."""
    return embedded(backends, "database")


def embedded(backends: RunningBackends, name: str) -> Supervised:
    try:
        return backends.program(name)
    except StopIteration:
        pytest.skip(f"the {name} was given by the environment: it is not ours to kill")


def test_a_broker_killed_under_load_comes_back_and_nothing_is_lost(small: Small, broker: Supervised) -> None:
    started(small)
    with load(small) as (persons, commands):
        some_more(small)
        restarted(broker)
        some_more(small)
    settled(small, persons, commands)
    assert all(process.is_running() for process in small.started)


@without("subscriber: while the database is away no attempt is spent")
def test_a_database_killed_under_load_comes_back_and_nothing_is_lost(
    small: Small, database: Supervised, mutant: str
) -> None:
    serving = started(small, mutant)
    with load(small) as (persons, commands):
        some_more(small)
        database.kill()
        meanwhile = [person() for _ in range(60)]
        persons |= {event["data"]["person"] for event in meanwhile}
        small.publish(*[body(event) for event in meanwhile])
        # Longer than the driver itself keeps trying: the handlers are told that the database is away.
        threading.Event().wait(14)
        database.start()
        wait_until_ready([database], 60)
        some_more(small)
    settled(small, persons, commands)
    assert 'verdict="to-retry"' not in metrics(serving)
    assert all(process.is_running() for process in small.started)


def test_a_memory_alarm_stops_publishing_and_lets_it_go_on_afterwards(small: Small, broker: Supervised) -> None:
    started(small)
    with load(small) as (persons, commands):
        some_more(small)
        with memory_alarm(broker):
            small.eventually(lambda: Finding(small.unsent, small.unsent > 20, "more than 20 events kept back"))
            assert all(process.is_running() for process in small.started)
        some_more(small)
    settled(small, persons, commands)


@without("relay: unknown is sent again")
def test_what_was_out_when_the_connection_closed_is_sent_again(small: Small, broker: Supervised, mutant: str) -> None:
    small.start("relay", mutant=mutant)
    with memory_alarm(broker):
        for _ in range(30):
            small.decide(person())
        # They are out, and a broker in alarm confirms nothing.
        always(lambda: equal(small.unsent, 30), seconds=2)
        close_connections(small, "exchange")
    small.eventually(lambda: equal(small.unsent, 0))
    small.eventually(lambda: Finding(taken := small.left("notify.subscription"), taken >= 30, "at least 30"))


@contextmanager
def memory_alarm(broker: Supervised) -> Iterator[None]:
    """Lowers the broker's memory limit to nothing, and puts it back."""
    set_memory_limit(broker, "absolute", "1")
    try:
        yield
    finally:
        set_memory_limit(broker, "0.4")


def set_memory_limit(broker: Supervised, *limit: str) -> None:
    tool = Path(rabbitmq_server()).with_name("rabbitmqctl")
    command = [str(tool), "set_vm_memory_high_watermark", *limit]
    subprocess.run(command, env=dict(broker.program.environment), check=True, capture_output=True)
