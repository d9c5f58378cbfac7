"""The subscriber on the real broker and database: one effect per event, whatever comes and whoever dies."""

import random
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from pymongo.errors import AutoReconnect

from chassis.clock import SystemClock
from chassis.failed_events import DeadLetters, Drain, FailedEvents
from tests.event_factory import make_event
from tests.integration.small import Small, body, metrics, person, small, without
from tests.integration.small_service import AGREED
from tests.probes import Finding, always, equal, eventually

__all__ = ["small"]

POISON = {
    "not-an-event": [b"{not json", b'{"hello": "world"}'],
    "unknown-type": [body(person() | {"type": "exchange.person.changed.v9"})],
    "schema-violation": [body(person() | {"data": {"person": 7}})],
    "refused": [body(person("REFUSE"))],
    "attempts-used-up": [body(person("RAISE"))],
    "killed-the-process": [body(person("DIE"))],
}


@without("subscriber: an effect's id comes from its event")
def test_an_event_delivered_three_times_and_shuffled_has_its_effect_once(small: Small, mutant: str) -> None:
    bodies = [body(person()) for _ in range(50)] * 3
    random.Random(7).shuffle(bodies)
    small.publish(*bodies)
    serving = small.start("serve", mutant=mutant)
    small.eventually(lambda: 'handled_total{verdict="handled"} 150.0' in metrics(serving))
    assert len(small.effects) == 50


def test_events_of_a_batch_handler_have_their_effects_once_too(small: Small) -> None:
    bodies = [body(make_event(AGREED, envelope={"id": f"{number:032x}"})) for number in range(500)]
    small.publish(*bodies, *bodies, b"poison", routing_key=AGREED)
    small.start("serve")
    small.eventually(lambda: equal(len(small.effects), 500))
    small.eventually(lambda: equal(small.dead, ["not-an-event"]))


@pytest.mark.parametrize("place", ["subscriber.before-effect", "subscriber.after-effect"])
@without("subscriber: acknowledged last")
def test_a_crash_around_the_effect_loses_nothing_and_doubles_nothing(small: Small, place: str, mutant: str) -> None:
    if mutant and place == "subscriber.after-effect":
        pytest.xfail("there the effect is written before the crash either way")
    small.publish(*[body(person()) for _ in range(30)])
    small.start_crashing("serve", place, mutant=mutant)
    small.eventually(lambda: equal(small.crashed(place), wanted=True))
    small.until(lambda: equal(len(small.effects), 30))
    small.eventually(lambda: equal(small.left("notify.subscription"), 0))
    assert small.failed == []


@without("subscriber: a failure is stored before it is acknowledged")
def test_a_failed_event_is_tried_again_until_it_works(small: Small, mutant: str) -> None:
    small.publish(body(person("RAISE")), body(person()))
    small.start("serve", mutant=mutant)
    small.start("worker")
    small.eventually(lambda: equal(len(small.effects), 1))
    small.eventually(lambda: equal([each["status"] for each in small.failed], ["waiting"]))
    small.fixed.touch()
    small.let_pass(timedelta(hours=1))
    small.eventually(lambda: equal((len(small.effects), small.failed), (2, [])))


def test_a_crash_after_storing_a_failure_spends_no_attempt_twice(small: Small) -> None:
    small.publish(body(person("RAISE")))
    small.start_crashing("serve", "subscriber.after-storing-failure")
    small.eventually(lambda: equal(small.crashed("subscriber.after-storing-failure"), wanted=True))
    small.until(lambda: equal(small.started[0].is_ready(), wanted=True))
    small.eventually(lambda: 'handled_total{verdict="to-retry"} 1.0' in metrics(small.started[0]))
    assert [each["attempt"] for each in small.failed] == [1]


def test_a_crash_after_a_retry_leads_to_one_effect_and_no_dead_letter(small: Small) -> None:
    small.publish(body(person("RAISE")))
    small.start("serve")
    small.eventually(lambda: equal(len(small.failed), 1))
    small.fixed.touch()
    small.let_pass(timedelta(hours=1))
    small.start_crashing("worker", "retry.after-effect", SHORT_LEASE="0.2")
    small.eventually(lambda: equal(small.crashed("retry.after-effect"), wanted=True))
    small.until(lambda: equal((len(small.effects), small.failed), (1, [])))


@without("subscriber: a message that keeps coming back is suspected")
def test_poison_of_seven_kinds_ends_as_dead_letters_and_nothing_else_does(small: Small, mutant: str) -> None:
    good = [body(person()) for _ in range(160)]
    poison = [each for kind in POISON.values() for each in kind]
    mixed = [each for number, one in enumerate(poison) for each in (*good[20 * number : 20 * number + 20], one)]
    small.publish(*mixed, *good[140:])
    small.start("serve", wait=False, mutant=mutant)
    small.start("worker", wait=False)
    small.until(lambda: equal(len(small.effects), 160))
    expected = sorted(reason for reason, kind in POISON.items() for _ in kind)
    for attempt in range(2, 7):
        small.let_pass(timedelta(hours=2))
        small.until(partial(attempts_reach, small, attempt))
    small.until(lambda: equal(small.dead, expected))
    small.publish(body(person()))
    small.until(lambda: equal(len(small.effects), 161))


def test_a_good_suspect_is_not_condemned_for_its_neighbours(small: Small) -> None:
    slow = [body(person("SLOW")) for _ in range(2)]
    with small.broker() as channel:
        for each in slow:
            channel.basic_publish("notify.suspects", "", each)
    small.publish(body(person("DIE")), *[body(person()) for _ in range(40)])
    small.start("serve", wait=False)
    small.start("worker", wait=False)
    small.until(lambda: equal(len(small.effects), 42))
    small.until(lambda: equal(small.dead, ["killed-the-process"]))


def test_a_dead_letter_replayed_after_the_fix_has_its_effect_once_however_often(small: Small) -> None:
    small.publish(body(person("REFUSE")))
    small.start("serve")
    small.start("worker")
    small.eventually(lambda: equal(small.dead, ["refused"]))
    letters = DeadLetters(small.database("notify")["failed_events"], SystemClock())
    letter = letters.list()[0]["_id"]
    small.fixed.touch()
    assert letters.replay(letter)
    letters.replay(letter)
    small.eventually(lambda: equal((len(small.effects), small.failed), (1, [])))
    assert not letters.replay(letter)
    always(lambda: equal(len(small.effects), 1), seconds=0.5)


def test_a_replay_that_is_refused_again_is_a_dead_letter_again(small: Small) -> None:
    small.publish(body(person("REFUSE")))
    small.start("serve")
    small.eventually(lambda: equal(small.dead, ["refused"]))
    letters = DeadLetters(small.database("notify")["failed_events"], SystemClock())
    letters.replay(letters.list()[0]["_id"])
    small.start("worker")
    small.eventually(lambda: equal(small.dead, ["refused"]))
    assert len(letters.show(letters.list()[0]["_id"])["trail"]) == 2  # type: ignore[index]
    assert letters.discard(letters.list()[0]["_id"])
    assert letters.list() == []


@without("retries: an attempt is counted before it is made")
def test_an_event_that_kills_the_worker_kills_it_once_and_two_children_and_is_a_dead_letter(
    small: Small, mutant: str
) -> None:
    small.publish(body(person("RAISE")), body(person("DIE LATER")))
    small.start("serve")
    small.eventually(lambda: equal(len(small.failed), 2))
    small.let_pass(timedelta(hours=1))
    worker = small.start("worker", wait=False, mutant=mutant, SHORT_LEASE="0.2")
    small.until(lambda: equal(small.dead, ["killed-the-process"]))
    assert worker.restarts == 1
    small.fixed.touch()
    small.let_pass(timedelta(hours=2))
    small.until(lambda: equal(len(small.effects), 1))


@pytest.mark.parametrize("place", ["", "drain.after-store"])
def test_what_the_broker_gave_up_on_becomes_a_dead_letter(small: Small, place: str) -> None:
    with small.broker() as channel:
        channel.basic_publish("notify.dead", "", body(person()))
        channel.basic_publish("notify.dead", "", b"odd")
    small.start_crashing("worker", place) if place else small.start("worker")
    small.until(lambda: equal(small.dead, ["delivery-limit", "delivery-limit"]))
    small.eventually(lambda: equal(small.left("notify.dead"), 0))


def test_a_message_that_could_not_be_stored_is_drained_in_the_next_round(small: Small) -> None:
    with small.broker() as channel:
        channel.basic_publish("notify.dead", "", b"odd")
    failed = FailedEvents(small.database("notify")["failed_events"], "notify", SystemClock())
    drain = Drain(small.installation.amqp_url("notify"), "notify.dead", failed)
    with patch.object(failed, "store", side_effect=AutoReconnect("away")), pytest.raises(AutoReconnect):
        drain.run_once()
    eventually(lambda: equal(drain.run_once(), 1))
    assert small.dead == ["delivery-limit"]


def test_the_log_shows_no_body_and_no_exception_text(small: Small) -> None:
    small.publish(body(person("RAISE")), b"{MEHRBAN")
    serving = small.start("serve")
    small.eventually(lambda: equal(len(small.failed), 2))
    assert "RuntimeError" in serving.log.read_text()
    assert "MEHRBAN" not in serving.log.read_text()
    assert "MEHRBAN" not in str([each["error"] for each in small.failed])


def test_a_service_asked_to_stop_ends_within_seconds_and_hands_back_the_rest(small: Small) -> None:
    small.publish(*[body(person()) for _ in range(500)])
    serving = small.start("serve")
    serving.ask_to_stop()
    eventually(lambda: equal(serving.is_running(), wanted=False), timeout=4)
    done = len(small.effects)
    small.eventually(lambda: equal(small.left("notify.subscription"), 500 - done))
    small.start("serve")
    small.eventually(lambda: equal(len(small.effects), 500))


def attempts_reach(small: Small, attempt: int) -> Finding[list[tuple[int, bool]]]:
    """Whether each event that is to be tried again has had that many attempts, and its next one has its time.

    An attempt is counted before it is made: a clock that moves meanwhile would move its successor away.
    """
    made = [(each["attempt"], "leased_until" in each) for each in small.failed if each["status"] == "waiting"]
    over = all(count >= attempt and not under_way for count, under_way in made)
    return Finding(made, over, f"{attempt} or more attempts, none under way")
