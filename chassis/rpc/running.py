"""Running one call: deadline, signature, method, and the answer whatever happens."""

import inspect
import time
from collections.abc import Callable
from typing import Any

import pymongo
from opentelemetry.trace import SpanKind

from chassis.kernel.errors import InvalidCommand
from chassis.metrics import CALL_SECONDS, CALLS
from chassis.rpc.answers import Answer, error_of, result_of
from chassis.rpc.call import GRACE, Call
from chassis.tracing import current_traceparent, span


def answered(method: Callable[..., Any], name: str, service: Any, call: Call, fields: dict[str, Any]) -> Answer:
    """What the method says, or what its error says. Raises nothing: a framework that sees an error prints arguments.

    `name`: `service.method`, for the span, the log and the metrics.
    """
    facts = {"rpc.system": "nameko", "rpc.method": name}
    with CALL_SECONDS.labels(name).time(), span(f"call {name}", SpanKind.SERVER, call.traceparent, facts):
        try:
            answer = result_of(_run(method, service, call, fields))
        except Exception as error:  # noqa: BLE001 (the one place where errors become answers)
            answer = error_of(error, name)
    CALLS.labels(name, answer.word).inc()
    return answer


def _run(method: Callable[..., Any], service: Any, call: Call, fields: dict[str, Any]) -> Any:
    call.still_wanted()
    _check_fields(method, fields)
    within = Call(call.command_id, call.actor, call.deadline, current_traceparent() or call.traceparent)
    # Checking the deadline and writing are two steps: what keeps a write from landing late is that it ends, too.
    with pymongo.timeout(call.deadline + GRACE / 2 - time.time()):
        return method(service, within, **fields)


def _check_fields(method: Callable[..., Any], fields: dict[str, Any]) -> None:
    try:
        inspect.signature(method).bind(None, None, **fields)
    except TypeError as error:
        raise InvalidCommand(problems=[{"field": "", "problem": str(error)[:200]}]) from None
