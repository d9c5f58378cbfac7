"""Calling a service: nameko's protocol with a deadline, a command id and a clear answer when there is none.

One client serves all threads of a process: its connection lives in a thread of its own, so that heartbeats go out
while nobody calls and a broker that hangs holds nobody beyond the deadline. It connects at the first call.
"""

import os
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from datetime import UTC, datetime
from typing import Any

import orjson
from opentelemetry.trace import SpanKind

from chassis.kernel.actor import Actor
from chassis.kernel.ids import uuid7
from chassis.rpc.answers import INTERNAL, REFUSAL
from chassis.rpc.call import GRACE, Call
from chassis.rpc.line import Line, LineDown, NobodyThere
from chassis.tracing import current_traceparent, span

_NOTHING_WRITTEN = {"WriteConflict"}
"""What is no refusal and still a promise. Where the deadline was exceeded nothing was written either, but to whoever
asked that is the same as no answer in time."""
_DATABASE_AWAY = {"StoreUnavailable", "Unavailable"}


class RpcError(Exception):
    """Base of what a call may raise."""


class Refused(RpcError):
    """The service said no, and will again: `name` is the refusal's (`HostFull`), `facts` what led to it."""

    def __init__(self, name: str, facts: dict[str, Any]) -> None:
        super().__init__(name)
        self.name = name
        self.facts = facts


class CallTimedOut(RpcError):
    """Nobody knows whether the call was carried out: ask again with the same `command_id` to find out.

    `away`: what the service said does not answer it, `database`; empty where the service itself said nothing in time.
    """

    def __init__(self, command_id: str, away: str = "") -> None:
        super().__init__(command_id)
        self.command_id = command_id
        self.away = away


class ServiceUnavailable(RpcError):
    """The service or the broker does not answer; nothing was carried out."""

    def __init__(self, because: str, facts: dict[str, Any] | None = None) -> None:
        super().__init__(because)
        self.because = because
        self.facts = facts or {}


class ServiceFailed(RpcError):
    """The service met an error that nobody foresaw; its log tells more under this `incident`."""

    def __init__(self, incident: str) -> None:
        super().__init__(incident)
        self.incident = incident


class RpcClient:
    """Calls services as `caller`. Safe to share between threads, and across a fork before the first call."""

    def __init__(self, amqp_url: str, caller: str) -> None:
        self._amqp_url = amqp_url
        self._caller = caller
        self._line: Line | None = None
        self._opening = threading.Lock()

    def call(
        self,
        service: str,
        method: str,
        fields: dict[str, Any],
        *,
        actor: Actor,
        command_id: str | None = None,
        timeout: float = 5.0,
        traceparent: str | None = None,
    ) -> Any:
        """The method's result, as JSON values.

        `fields`: the command's own. `command_id`: given when asking again. `timeout`: seconds until nobody waits.
        Raises `Refused`, `CallTimedOut`, `ServiceUnavailable`, `ServiceFailed`.
        """
        # The service stops earlier than the caller, so that nothing is saved after the caller has given up.
        deadline = time.time() + max(timeout - GRACE, timeout / 2)
        with span(f"call {service}.{method}", SpanKind.CLIENT, traceparent, {"rpc.system": "nameko"}):
            command_id = command_id or uuid7(datetime.now(UTC), os.urandom(10))
            call = Call(command_id, actor, deadline, current_traceparent())
            body = orjson.dumps({"args": [], "kwargs": fields})
            reply = self._opened().ask(f"{service}.{method}", body, call.header(), deadline)
            return result_in(self._awaited(reply, call, service, deadline + GRACE), call)

    def close(self) -> None:
        """Ends the connection; calls still waiting are told that the line is down."""
        with self._opening:
            if self._line is not None:
                self._line.close()
            self._line = None

    def _opened(self) -> Line:
        with self._opening:
            if self._line is None:
                self._line = Line(self._amqp_url, self._caller)
            return self._line

    def _awaited(self, reply: "Future[bytes]", call: Call, service: str, until: float) -> bytes:
        try:
            return reply.result(timeout=max(0.0, until - time.time()))
        except NotInTime:
            # A reply that comes after all finds nobody waiting.
            if reply.cancel():
                raise ServiceUnavailable("broker") from None
            raise CallTimedOut(call.command_id) from None
        except NobodyThere:
            raise ServiceUnavailable(service) from None
        except LineDown as down:
            if down.sent:
                # Asked again while the first request can still be carried out, a call could be told two things.
                time.sleep(max(0.0, until - time.time()))
                raise CallTimedOut(call.command_id) from None
            raise ServiceUnavailable("broker") from None


def result_in(body: bytes, call: Call) -> Any:
    """What the answer to a call says. Raises as `RpcClient.call` does."""
    answer = orjson.loads(body)
    error = answer["error"]
    if error is None:
        return answer["result"]
    facts = (error.get("exc_args") or [{}])[0]
    if error.get("exc_path") == REFUSAL:
        raise Refused(error["exc_type"], facts)
    if error.get("exc_path") == INTERNAL:
        raise ServiceFailed(facts.get("incident", ""))
    if error["exc_type"] in _NOTHING_WRITTEN:
        raise ServiceUnavailable(error["exc_type"], facts)
    # The database went while it was asked: it may have done what was asked all the same.
    raise CallTimedOut(call.command_id, away="database" if error["exc_type"] in _DATABASE_AWAY else "")
