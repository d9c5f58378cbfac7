"""Who killed the process: told by a process of its own, on the real broker and database."""

import sys
import time
from typing import Any

import pytest

from chassis.clock import SystemClock
from chassis.failed_events import COLLECTION, FailedEvents
from chassis.failed_events.judging import Judgement, judged
from chassis.store.connecting import database_at
from chassis.store.faults import StoreUnavailable
from chassis.subscriber.suspects import Suspects
from chassis.subscriber.trial import CannotTry, Trial
from khunjerab.installation import Installation
from tests.fakes.sealing import SEALING, WEBHOOKS
from tests.integration.small import Small, body, person, small, without
from tests.probes import Finding, always, equal

__all__ = ["small"]

QUEUE = "notify.suspects"


def suspect(small: Small, *names: str) -> None:
    """Puts an event of each name among the suspects."""
    with small.broker() as channel:
        channel.confirm_delivery()
        for name in names:
            channel.basic_publish("", QUEUE, body(person(name)))


def test_poisons_among_suspects_are_told_from_their_good_neighbours(small: Small) -> None:
    suspect(small, *["GOOD"] * 3, "DIE", *["GOOD"] * 3, "DIE", "DIE", *["GOOD"] * 3)
    serving, worker = small.start("serve"), small.start("worker")
    small.eventually(lambda: equal(len(small.effects), 9))
    small.eventually(lambda: equal(small.dead, ["killed-the-process"] * 3))
    small.eventually(lambda: equal(small.left(QUEUE), 0))
    assert (serving.restarts, worker.restarts) == (0, 0)
    assert serving.is_running()
    assert worker.is_running()


def test_a_suspect_that_fails_is_kept_for_later_or_for_good(small: Small) -> None:
    suspect(small, "RAISE", "REFUSE")
    small.start("worker")
    wanted = ["dead refused", "waiting handler-raised"]
    small.eventually(lambda: equal(sorted(f"{each['status']} {each['reason']}" for each in small.failed), wanted))


@without("trial: one death may be an accident")
@pytest.mark.parametrize("place", ["trial.before-effect", "trial.after-effect", "suspects.before-acknowledging"])
def test_a_suspect_over_which_a_process_died_by_accident_is_handled(small: Small, place: str, mutant: str) -> None:
    if mutant and place == "suspects.before-acknowledging":
        pytest.xfail("there the worker dies, and not the child")
    suspect(small, "GOOD", "GOOD")
    small.start_crashing("worker", place, mutant=mutant)
    small.until(lambda: equal(len(small.effects), 2))
    small.eventually(lambda: equal((small.crashed(place), small.left(QUEUE)), (True, 0)))
    assert small.failed == []


def test_a_suspect_that_came_back_often_is_handled_all_the_same(small: Small) -> None:
    suspect(small, "GOOD")
    for _ in range(5):
        with small.broker() as channel:
            assert small.eventually(lambda taking=channel: taking.basic_get(QUEUE)[0])  # type: ignore[misc]
    small.start("worker")
    small.eventually(lambda: equal(len(small.effects), 1))
    assert small.failed == []


@without("trial: only its answer counts")
@pytest.mark.parametrize("name", ["EXIT", "LEAVE"])
def test_a_child_that_ends_in_peace_without_an_answer_has_died(small: Small, name: str, mutant: str) -> None:
    suspect(small, name, "GOOD")
    small.start("worker", mutant=mutant)
    small.eventually(lambda: equal(small.dead, ["killed-the-process"]))
    small.eventually(lambda: equal(len(small.effects), 1))


@without("trial: what is printed is no answer")
def test_what_a_handler_prints_is_no_answer(small: Small, mutant: str) -> None:
    suspect(small, *["PRINT", "REFUSE"] * 2)
    small.start("worker", mutant=mutant)
    small.eventually(lambda: equal((len(small.effects), small.dead), (2, ["refused"] * 2)))


@without("trial: it ends")
def test_a_suspect_over_which_a_process_hangs_is_a_dead_letter(small: Small, mutant: str) -> None:
    suspect(small, "HANG", "GOOD")
    small.start("worker", mutant=mutant, LONGEST_TRIAL="1")
    small.eventually(lambda: equal((len(small.effects), small.dead), (1, ["killed-the-process"])))


def failed_events(small: Small) -> FailedEvents:
    return FailedEvents(database_at(small.installation.mongo_url("notify"))[COLLECTION], "notify", SystemClock())


@without("retries: who dies is tried apart")
def test_a_retry_whose_holders_died_of_something_else_is_handled(small: Small, mutant: str) -> None:
    failed = failed_events(small)
    failed.store(body(person()), QUEUE, judged(RuntimeError()))
    failed.collection.update_one({}, {"$set": {"crashes": 5, "leased_until": time.time() - 1}})
    small.start("worker", mutant=mutant)
    small.eventually(lambda: equal((len(small.effects), small.failed), (1, [])))


class Away:
    """A trial that finds the database away for some time."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, _: bytes, **__: Any) -> Judgement | None:
        self.left -= 1
        if self.left >= 0:
            raise StoreUnavailable(because="away")
        return None

    def close(self) -> None:
        pass


def test_while_the_database_is_away_a_suspect_stays_in_hand_and_is_not_given_back(small: Small) -> None:
    suspect(small, "GOOD")
    suspects = Suspects(small.installation.amqp_url("notify"), QUEUE, failed_events(small), Away(3))  # type: ignore[arg-type]
    assert [suspects.run_once() for _ in range(3)] == [0, 0, 0]
    assert small.left(QUEUE) == 0
    assert suspects.run_once() == 1
    assert (suspects.run_once(), small.failed, small.left(QUEUE)) == (0, [], 0)


def test_a_suspect_for_which_alone_the_database_seems_away_is_kept_for_later(small: Small) -> None:
    suspect(small, "GOOD")
    suspects = Suspects(small.installation.amqp_url("notify"), QUEUE, failed_events(small), Away(100))  # type: ignore[arg-type]
    assert sum(suspects.run_once() for _ in range(10)) == 1
    assert [each["status"] for each in small.failed] == ["waiting"]


@pytest.mark.parametrize("service", ["exchange", "research", "notify"])
def test_each_service_tries_events_in_a_child(
    service: str, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (installation.environment(service) | SEALING | WEBHOOKS).items():
        monkeypatch.setenv(name, value)
    trial = Trial((sys.executable, "-m", f"services.{service}", "try"))
    judgements = [trial(each) for each in (b"{", body(person() | {"type": "exchange.person.changed.v9"}), b"{")]
    assert trial.close() == 0
    assert [each and each.reason for each in judgements] == ["not-an-event", "unknown-type", "not-an-event"]


def test_where_no_child_comes_up_no_event_is_blamed() -> None:
    with pytest.raises(CannotTry):
        Trial(("false",))(b"")


@without("subscriber: a suspect is handled apart")
def test_a_serving_process_takes_no_suspects(small: Small, mutant: str) -> None:
    suspect(small, "GOOD")
    small.publish(body(person()))
    small.start("serve", mutant=mutant)
    small.eventually(lambda: Finding(small.effects, bool(small.effects), "the effect of what was published"))
    always(lambda: equal(small.left(QUEUE), 1), seconds=1)
