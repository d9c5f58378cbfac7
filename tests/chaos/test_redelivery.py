"""Every event three times and in any order: the same final state."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pika
import pytest

from contracts.catalogue import parse, producer
from khunjerab.installation import Installation
from khunjerab.tail import tail
from tests.chaos.playing import Play, playing
from tests.e2e.main_job import differences
from tests.fixtures.installations import MakeInstallation, administrator_amqp_url
from tests.fixtures.running import Processes
from tests.probes import Finding, always, eventually

SERVICES = ("exchange", "research", "notify")
SETTLED = 90.0
MakeProcesses = Callable[[Installation], Processes]


@pytest.mark.timeout(400)
def test_what_comes_three_times_and_shuffled_changes_nothing(
    make_installation: MakeInstallation, processes_of: MakeProcesses
) -> None:
    with playing(processes_of(make_installation())) as run:
        events = _recorded(run)
        before = run.state()
        _publish_thrice_shuffled(run.installation, events)
        eventually(lambda: _emptied(run.installation), timeout=SETTLED)
        always(lambda: _same(run.state(), before), seconds=3)
        assert run.unfinished() == []


@pytest.mark.timeout(400)
def test_a_notify_that_hears_everything_shuffled_and_thrice_tells_the_same_people_the_same(
    make_installation: MakeInstallation, processes_of: MakeProcesses
) -> None:
    with playing(processes_of(make_installation())) as ordered:
        events = _recorded(ordered)
        wanted = _of_notify(ordered.state())
    with playing(processes_of(make_installation()), only="notify") as shuffled:
        _publish_thrice_shuffled(shuffled.installation, events)
        eventually(lambda: _same(_of_notify(shuffled.state()), wanted), timeout=SETTLED)
        always(lambda: _same(_of_notify(shuffled.state()), wanted), seconds=2)


def _recorded(run: Play) -> list[bytes]:
    """Plays the main job until all has settled; returns every event that came by on the broker."""
    events: list[bytes] = []
    listening = threading.Event()
    parameters = pika.URLParameters(administrator_amqp_url(run.installation))

    def hear() -> None:
        for body in tail(parameters, SERVICES, listening.set):
            events.append(body)  # noqa: PERF402 - one by one, as they come: the tail has no end

    threading.Thread(target=hear, daemon=True).start()
    assert listening.wait(10)
    run.job.play()
    eventually(lambda: Finding(run.unfinished(), not run.unfinished(), "nothing under way"), timeout=SETTLED)
    return list(events)


def _publish_thrice_shuffled(installation: Installation, events: list[bytes]) -> None:
    shuffled = random.Random(7).sample(events * 3, k=len(events) * 3)
    with pika.BlockingConnection(pika.URLParameters(administrator_amqp_url(installation))) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        for body in shuffled:
            event = parse(body)
            channel.basic_publish(f"{producer(event.type)}.events", event.type, body)


def _emptied(installation: Installation) -> Finding[dict[str, int]]:
    """Whether every subscriber has taken what waited for it."""
    with pika.BlockingConnection(pika.URLParameters(administrator_amqp_url(installation))) as connection:
        channel = connection.channel()
        queues = [f"{service}.subscription" for service in SERVICES]
        waiting = {name: channel.queue_declare(name, passive=True).method.message_count for name in queues}
    return Finding(waiting, not any(waiting.values()), "empty queues")


def _same(state: dict[str, Any], wanted: dict[str, Any]) -> Finding[list[str]]:
    differing = [line[:300] for line in differences(state, wanted)]
    return Finding(differing[:5], not differing, "the same state")


def _of_notify(state: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in state.items() if key.startswith(("notifications.", "messages"))}
