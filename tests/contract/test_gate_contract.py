"""What the breakers and the pauses of channels promise in memory and in the database: all workers see the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import DocumentStore, database_at
from services.notify.adapters.channel_stores import CHANNEL_SHAPE, PROBE_SECONDS, BreakerStore
from services.notify.application.commands import PauseChannel, pause_channel
from services.notify.application.gate import Breakers, Channels
from services.notify.domain.admin.channel import channel_id
from services.notify.domain.breaker import CLOSED, OPENS_AFTER, Breaker, failed
from services.notify.manifest import MANIFEST
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory
from tests.fakes.notify import FakeBreakers
from tests.unit.notify.samples import NOW
from tests.unit.notify.test_gate import ADMIN


@dataclass
class Shelves:
    breakers: Breakers
    channels: Channels


SECONDS = [1000.0]


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Iterator[Shelves]:
    if request.param == "in memory":
        kept = InMemoryDocuments(Memory(), "channel", CHANNEL_SHAPE.state_word)
        yield Shelves(FakeBreakers(lambda: SECONDS[0]), kept)
        return
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    channels = DocumentStore(database["channels"], CHANNEL_SHAPE)
    yield Shelves(BreakerStore(database["breakers"], lambda: SECONDS[0]), channels)
    database.client.close()


def opened(breakers: Breakers) -> Breaker:
    for _ in range(OPENS_AFTER):
        before = breakers.of("email")
        breakers.leave("email", before, failed(before, now=NOW))
    return breakers.of("email")


def test_failures_are_counted_and_open_it_and_it_is_whole_again_when_it_is_read(shelves: Shelves) -> None:
    assert shelves.breakers.of("email") == CLOSED
    found = opened(shelves.breakers)
    assert found.failures == OPENS_AFTER
    assert found.lets_nobody_through(NOW)
    assert shelves.breakers.of("sms") == CLOSED
    shelves.breakers.leave("email", found, CLOSED)
    assert shelves.breakers.of("email") == CLOSED
    assert opened(shelves.breakers) == found


def test_of_two_that_saw_the_same_one_alone_counts(shelves: Shelves) -> None:
    for _ in range(2):
        shelves.breakers.leave("email", CLOSED, failed(CLOSED, now=NOW))
    assert shelves.breakers.of("email").failures == 1
    found = opened(shelves.breakers)
    shelves.breakers.leave("email", CLOSED, failed(CLOSED, now=NOW))
    assert shelves.breakers.of("email") == found


def taken_a_second_later(shelves: Shelves) -> bool:
    SECONDS[0] += 1
    return shelves.breakers.take_probe("email")


def test_one_probe_at_a_time_until_it_is_given_back_or_runs_out(shelves: Shelves) -> None:
    found = opened(shelves.breakers)
    assert [taken_a_second_later(shelves) for _ in range(3)] == [True, False, False]
    shelves.breakers.leave("email", found, found)
    assert [taken_a_second_later(shelves) for _ in range(3)] == [True, False, False]
    SECONDS[0] += PROBE_SECONDS + 1
    assert shelves.breakers.take_probe("email")


def test_a_pause_is_whole_again_when_it_is_read(shelves: Shelves) -> None:
    command = PauseChannel(channel="email", reason="The provider is moving.")
    pause_channel(command, Context(derived("pause"), ADMIN, NOW), shelves.channels)
    stands = shelves.channels.named([channel_id("email")])[channel_id("email")]
    assert (stands.is_paused, stands.reason, stands.since) == (True, "The provider is moving.", NOW)
