"""The circumstances of a call, and what a call is answered."""

import dataclasses
import time
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from pymongo.errors import ServerSelectionTimeoutError, WTimeoutError

from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import DeadlineExceeded, InvalidCommand, Refusal, Unavailable, WriteConflict
from chassis.rpc.answers import INTERNAL, REFUSAL, UNAVAILABLE, error_of, result_of
from chassis.rpc.call import Call, call_from
from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable, result_in
from chassis.rpc.running import answered
from chassis.store.faults import StoreUnavailable

CALL = Call("0" * 32, Actor("per_1", frozenset({"visitor"}), frozenset({"sit_1"})), time.time() + 3600, "00-1-2-01")
FIELDS = orjson.loads(CALL.header())


def test_a_call_comes_out_of_its_header_as_it_went_in() -> None:
    assert call_from(CALL.header()) == CALL


@pytest.mark.parametrize(
    "change",
    [
        {"command_id": "x"},
        {"command_id": None},
        {"command_id": {"$ne": None}},
        {"actor": None},
        {"actor": {"person": "per_1", "roles": ["king"], "sites": []}},
        {"actor": {"person": {"$gt": ""}, "roles": [], "sites": []}},
        {"actor": {"person": None, "roles": [], "sites": [{"$ne": 1}]}},
        {"actor": {"person": None, "roles": [["a"]], "sites": []}},
        {"deadline": "soon"},
        {"deadline": None},
    ],
)
def test_a_header_that_is_not_well_is_refused_by_name(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        call_from(orjson.dumps(FIELDS | change))


@pytest.mark.parametrize("header", [None, 7, "", "{", "[]", b"\xff", {"command_id": 1}])
def test_a_header_that_is_none_is_refused_by_name(header: Any) -> None:
    with pytest.raises(InvalidCommand):
        call_from(header)


def test_a_command_gets_its_circumstances_from_the_call() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    context = CALL.context(now, expected_version=3)
    assert (context.command_id, context.actor, context.now) == (CALL.command_id, CALL.actor, now)
    assert (context.expected_version, context.deadline, context.traceparent) == (3, CALL.deadline, "00-1-2-01")


def error_in(body: bytes) -> tuple[str, str, Any]:
    error = orjson.loads(body)["error"]
    return error["exc_path"], error["exc_type"], error["exc_args"][0]


def test_a_result_may_be_a_dataclass() -> None:
    assert orjson.loads(result_of(Receipt("vis_1", 2, "booked")).body)["result"] == {
        "id": "vis_1",
        "version": 2,
        "state": "booked",
    }


@pytest.mark.parametrize(
    ("error", "kind", "name", "facts"),
    [
        (Refusal(day=datetime(2026, 1, 1, tzinfo=UTC)), REFUSAL, "Refusal", {"day": "2026-01-01T00:00:00+00:00"}),
        (Refusal(odd={1, 2}), REFUSAL, "Refusal", {"odd": "{1, 2}"}),
        (WriteConflict(id="vis_1"), UNAVAILABLE, "WriteConflict", {"id": "vis_1"}),
        (ServerSelectionTimeoutError("x"), UNAVAILABLE, "Unavailable", {"because": "ServerSelectionTimeoutError"}),
    ],
)
def test_an_error_is_answered_with_its_kind_and_facts(error: Exception, kind: str, name: str, facts: Any) -> None:
    assert error_in(error_of(error, "exchange.x").body) == (kind, name, facts)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refusal(day=1), Refused),
        (ZeroDivisionError(), ServiceFailed),
        (WriteConflict(id="vis_1"), ServiceUnavailable),
        (DeadlineExceeded(command="0"), CallTimedOut),
        (StoreUnavailable(because="AutoReconnect"), CallTimedOut),
        (ServerSelectionTimeoutError("x"), CallTimedOut),
        (WTimeoutError("x"), CallTimedOut),
        (Unavailable(), CallTimedOut),
    ],
)
def test_what_may_have_been_written_is_told_as_unknown(error: Exception, told: type[Exception]) -> None:
    with pytest.raises(told):
        result_in(error_of(error, "exchange.x").body, CALL)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (StoreUnavailable(because="AutoReconnect"), "database"),
        (ServerSelectionTimeoutError("x"), "database"),
        (DeadlineExceeded(command="0"), ""),
    ],
)
def test_what_the_service_could_not_reach_is_told(error: Exception, away: str) -> None:
    with pytest.raises(CallTimedOut) as unknown:
        result_in(error_of(error, "exchange.x").body, CALL)
    assert unknown.value.away == away


def run(method: Any, call: Call = CALL, **fields: Any) -> bytes:
    return answered(method, "exchange.x", None, call, fields).body


def test_an_error_that_nobody_foresaw_is_answered_with_an_incident_alone() -> None:
    kind, name, facts = error_in(run(lambda _, __: 1 / 0))
    assert (kind, name, list(facts)) == (INTERNAL, "InternalError", ["incident"])


def test_a_result_that_is_no_json_is_an_error_like_any_other() -> None:
    assert error_in(run(lambda _, __: object()))[0] == INTERNAL


def test_a_field_that_the_method_does_not_know_is_refused() -> None:
    assert error_in(run(lambda _, __, known=1: known, unknown=2))[1] == "InvalidCommand"


def test_a_type_error_inside_the_method_is_not_taken_for_a_wrong_field() -> None:
    assert error_in(run(lambda _, __: len(7)))[0] == INTERNAL  # type: ignore[arg-type]


def test_a_call_past_its_deadline_is_not_run() -> None:
    late = dataclasses.replace(CALL, deadline=time.time() - 1)
    assert error_in(run(lambda _, __: pytest.fail("it ran"), call=late))[1] == DeadlineExceeded.__name__
