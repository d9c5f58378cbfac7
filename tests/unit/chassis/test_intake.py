"""The judgement over each message, without broker or database."""

from collections.abc import Callable
from typing import Any

import pytest
from pymongo.errors import AutoReconnect

from chassis.failed_events.judging import Judgement
from chassis.kernel.errors import Refusal, WriteConflict
from chassis.store.faults import StoreUnavailable
from chassis.subscriber import Batch, Handling, Intake, Verdict
from chassis.subscriber.intake import Arrival
from contracts.envelope import CloudEvent, EventData
from tests.unit.chassis.bodies import BOOKED, CHANGED, body

SUBSCRIPTION = "notify.subscription"


class Kept:
    """Stands in for the failed events."""

    def __init__(self) -> None:
        self.stored: list[tuple[str, bool]] = []
        self.away: Exception | None = None

    def store(self, _: bytes, __: str, judgement: Judgement) -> None:
        if self.away:
            raise self.away
        self.stored.append((judgement.reason, judgement.hopeless))

    def answers(self) -> bool:
        return self.away is None


class Handler:
    """Raises what it is told to, then handles."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.handled: list[str] = []

    def __call__(self, event: CloudEvent, _: EventData) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.handled.append(event.id)


def intake(handler: Any) -> tuple[Intake, Kept]:
    kept = Kept()
    return Intake(Handling({CHANGED: handler}), kept), kept  # type: ignore[arg-type]


def test_a_handled_event_is_done() -> None:
    handler = Handler()
    taking, kept = intake(handler)
    assert taking.take(Arrival(body(), SUBSCRIPTION)) is Verdict.DONE
    assert (len(handler.handled), kept.stored) == (1, [])


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"{", "not-an-event"),
        (b"\xff\x00", "not-an-event"),
        (b"[1]", "not-an-event"),
        (body(type="exchange.person.changed.v9"), "unknown-type"),
        (body(data={"person": 1}), "schema-violation"),
        (body(BOOKED), "unknown-type"),
    ],
)
def test_what_nobody_can_read_is_a_dead_letter_at_once(message: bytes, reason: str) -> None:
    taking, kept = intake(Handler())
    assert taking.take(Arrival(message, SUBSCRIPTION)) is Verdict.DONE
    assert kept.stored == [(reason, True)]


def test_a_refusal_is_a_dead_letter_and_any_other_error_is_for_later() -> None:
    taking, kept = intake(Handler(Refusal(), RuntimeError(), MemoryError()))
    for _ in range(3):
        assert taking.take(Arrival(body(), SUBSCRIPTION)) is Verdict.DONE
    assert kept.stored == [("refused", True), ("handler-raised", False), ("handler-raised", False)]


def test_a_conflict_is_tried_again_at_once_and_then_kept_for_later() -> None:
    handler = Handler(WriteConflict(), WriteConflict())
    taking, kept = intake(handler)
    assert taking.take(Arrival(body(), SUBSCRIPTION)) is Verdict.DONE
    assert (len(handler.handled), kept.stored) == (1, [])
    handler.errors = [WriteConflict() for _ in range(100)]
    taking.take(Arrival(body(), SUBSCRIPTION))
    assert kept.stored == [("handler-raised", False)]


@pytest.mark.parametrize("error", [StoreUnavailable(because="x"), AutoReconnect("x")])
def test_while_the_database_is_away_a_message_waits_and_no_attempt_is_spent(error: Exception) -> None:
    taking, kept = intake(Handler(*[error] * 20))
    kept.away = AutoReconnect("x")
    for waited in range(20):
        assert taking.take(Arrival(body(), SUBSCRIPTION, waited=waited)) is Verdict.WAIT
    assert taking.take(Arrival(body(), SUBSCRIPTION)) is Verdict.DONE
    assert kept.stored == []


def test_a_message_also_waits_where_only_the_storing_of_its_failure_finds_the_database_away() -> None:
    taking, kept = intake(Handler(RuntimeError()))
    kept.away = AutoReconnect("x")
    assert taking.take(Arrival(body(), SUBSCRIPTION)) is Verdict.WAIT


def test_an_event_for_which_alone_the_database_seems_away_does_not_block_the_queue_for_ever() -> None:
    taking, kept = intake(Handler(*[StoreUnavailable(because="x")] * 20))
    verdicts = [taking.take(Arrival(body(), SUBSCRIPTION, waited=waited)) for waited in range(6)]
    assert verdicts == [Verdict.WAIT] * 5 + [Verdict.DONE]
    assert kept.stored == [("handler-raised", False)]


@pytest.mark.parametrize(("returns", "verdict"), [(0, Verdict.DONE), (1, Verdict.DONE), (2, Verdict.SUSPECT)])
def test_a_message_that_came_back_twice_is_suspected_and_not_handled(returns: int, verdict: Verdict) -> None:
    handler = Handler()
    taking, _ = intake(handler)
    assert taking.take(Arrival(body(), SUBSCRIPTION, returns)) is verdict
    assert len(handler.handled) == (0 if verdict is Verdict.SUSPECT else 1)


def batch_of(handle: Callable[[Any], None]) -> tuple[Intake, Batch, Kept]:
    batch = Batch(handle)
    taking, kept = intake(batch)
    return taking, batch, kept


def test_a_batch_is_handled_together() -> None:
    seen: list[int] = []
    taking, batch, kept = batch_of(lambda events: seen.append(len(events)))
    verdicts = taking.take_together(batch, [Arrival(body(), SUBSCRIPTION) for _ in range(5)])
    assert (verdicts, seen, kept.stored) == ([Verdict.DONE] * 5, [5], [])


def test_in_a_batch_poison_harms_only_itself() -> None:
    seen: list[int] = []
    taking, batch, kept = batch_of(lambda events: seen.append(len(events)))
    messages = [body(), b"{", body(), body(type="exchange.person.changed.v9")]
    verdicts = taking.take_together(batch, [Arrival(message, SUBSCRIPTION) for message in messages])
    assert verdicts == [Verdict.DONE] * 4
    assert seen == [1, 1]
    assert kept.stored == [("not-an-event", True), ("unknown-type", True)]


def test_a_batch_with_a_message_that_came_back_is_taken_one_by_one() -> None:
    seen: list[int] = []
    taking, batch, _ = batch_of(lambda events: seen.append(len(events)))
    arrivals = [Arrival(body(), SUBSCRIPTION), Arrival(body(), SUBSCRIPTION, returns=1)]
    assert taking.take_together(batch, arrivals) == [Verdict.DONE] * 2
    assert seen == [1, 1]
