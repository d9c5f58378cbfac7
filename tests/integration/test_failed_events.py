"""Failed events on the real database: whatever came is kept, and waiting for another event spends no attempt."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from pymongo.collection import Collection
from pymongo.errors import OperationFailure

from chassis.clock import Clock
from chassis.failed_events import COLLECTION, FailedEvents, RetryWorker
from chassis.failed_events.judging import Judgement, judged
from chassis.kernel.errors import NotYet
from chassis.store.connecting import database_at
from chassis.store.faults import StoreUnavailable
from tests.integration.small import Small, body, person, small

__all__ = ["small"]

JUDGEMENT = judged(RuntimeError())
QUEUE = "notify.subscription"


class Calendar(Clock):
    """A clock that its test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def failed(small: Small, calendar: Calendar) -> FailedEvents:
    return FailedEvents(database_at(small.installation.mongo_url("notify"))[COLLECTION], "notify", calendar)


def nested(depth: int) -> Any:
    inside: Any = "core"
    for _ in range(depth):
        inside = {"in": inside}
    return inside


def with_data(text: bytes) -> bytes:
    """An event whose data has one more member, of this JSON text."""
    return body(person()).replace(b'"data":{', b'"data":{"odd":' + text + b",", 1)


ODD = {
    "200 deep": orjson.dumps(nested(200)),
    "lists 200 deep": b"[" * 200 + b"]" * 200,
    "keys of operators": b'{"$set": {"$ne": 1}, "a.b": {"": 0}}',
    "a key with a null character": b'{"a\\u0000b": 1}',
    "a number of 64 bits": b"18446744073709551615",
    "a number of 400 digits": b"9" * 400,
    "no text that can be": b'"\\ud800"',
    "a text with a null character": b'"a\\u0000b"',
    "a key twice": b'{"a": 1, "a": 2}',
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_came_is_kept_and_handed_over_as_it_came(failed: FailedEvents, calendar: Calendar, odd: bytes) -> None:
    came = with_data(odd)
    failed.store(came, QUEUE, JUDGEMENT)
    failed.store(came, QUEUE, JUDGEMENT)
    calendar.at += timedelta(hours=1)
    handed: list[bytes] = []
    assert RetryWorker(failed, handed.append, apart).run_once() == 1
    assert [said(each) for each in handed] == [said(came)]


def said(message: bytes) -> Any:
    """What a message says, or its bytes where it says nothing that could be read."""
    try:
        return orjson.loads(message)
    except orjson.JSONDecodeError:
        return message


class Refusing:
    """A collection that takes no event as a document: only as bytes."""

    def __init__(self, collection: Collection[Any], error: Exception) -> None:
        self.kept, self.error = collection, error

    def insert_one(self, document: dict[str, Any]) -> None:
        if document["event"] is not None:
            raise self.error
        self.kept.insert_one(document)


def test_what_the_server_refuses_is_kept_as_bytes(failed: FailedEvents) -> None:
    collection, came = failed.collection, body(person())
    failed.collection = Refusing(collection, OperationFailure("too deep", 15))  # type: ignore[assignment]
    failed.store(came, QUEUE, JUDGEMENT)
    assert [(each["event"], each["body"]) for each in collection.find()] == [(None, came)]


@pytest.mark.parametrize("code", [91, 189, 11600])
def test_what_a_server_refuses_because_it_goes_away_is_stored_later(failed: FailedEvents, code: int) -> None:
    collection = failed.collection
    failed.collection = Refusing(collection, OperationFailure("going", code))  # type: ignore[assignment]
    with pytest.raises(StoreUnavailable):
        failed.store(body(person()), QUEUE, JUDGEMENT)
    assert collection.count_documents({}) == 0


def test_what_is_larger_than_a_document_is_noted_without_it(failed: FailedEvents) -> None:
    failed.store(with_data(b'"' + b"x" * 17_000_000 + b'"'), QUEUE, JUDGEMENT)
    kept = failed.collection.find_one()
    assert kept is not None
    assert (kept["status"], kept["reason"], kept["event"], kept["body"]) == ("dead", "too-large", None, None)


class Missing:
    """Handles once what it needs has come."""

    def __init__(self, then: Callable[[bytes], None]) -> None:
        self.came, self.then = False, then

    def __call__(self, message: bytes) -> None:
        if not self.came:
            raise NotYet(kind="ledger", id="led_1")
        self.then(message)


def apart(_: bytes) -> Judgement | None:
    raise AssertionError("no process died over it")


def fail(_: bytes) -> None:
    raise RuntimeError


def tried(worker: RetryWorker, calendar: Calendar, times: int) -> list[str]:
    """The reasons that stand there after each of so many attempts."""
    reasons = []
    for _ in range(times):
        calendar.at += timedelta(hours=2)
        worker.run_once()
        reasons += [f"{each['status']} {each['reason']}" for each in worker.collection.find()]
    return reasons


def test_an_event_that_waits_for_another_spends_no_attempt(failed: FailedEvents, calendar: Calendar) -> None:
    failed.store(body(person()), QUEUE, judged(NotYet()))
    handle = Missing(then=fail)
    worker = RetryWorker(failed, handle, apart)
    assert tried(worker, calendar, 50) == ["waiting not-yet"] * 50
    handle.came = True
    expected = [*["waiting handler-raised"] * 5, "dead attempts-used-up"]
    assert tried(worker, calendar, 6) == expected


def test_an_event_whose_other_never_comes_is_seen_in_the_end(failed: FailedEvents, calendar: Calendar) -> None:
    failed.store(body(person()), QUEUE, judged(NotYet()))
    worker = RetryWorker(failed, Missing(then=fail), apart)
    calendar.at += timedelta(days=31)
    assert tried(worker, calendar, 1) == ["dead never-came"]
