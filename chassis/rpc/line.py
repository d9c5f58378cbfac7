"""A caller's connection to the broker: one thread, one reply queue, any number of calls in flight."""

import threading
import time
import uuid
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pika
import structlog
from pika.exceptions import AMQPError

from chassis.rpc.call import EXCHANGE, GRACE, HEADER

log = structlog.get_logger(__name__)

_PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
_BLOCKED_FOR_LONG = 30


class NobodyThere(Exception):
    """The broker knows no such service."""


class LineDown(Exception):
    """The connection is gone. `sent`: whether the call may have reached the broker."""

    def __init__(self, sent: bool) -> None:
        super().__init__(sent)
        self.sent = sent


@dataclass(frozen=True)
class _Question:
    routing_key: str
    body: bytes
    header: str
    deadline: float
    reply: "Future[bytes]"


class Line:
    """Keeps one connection open, again and again. `ask` may be called from any thread and never waits.

    A `Future` of `ask` is running once the question has been handed to the broker.
    """

    def __init__(self, amqp_url: str, caller: str) -> None:
        self._parameters = pika.URLParameters(amqp_url)
        self._parameters.heartbeat = 60
        self._parameters.socket_timeout = 3
        self._parameters.stack_timeout = 5
        self._parameters.blocked_connection_timeout = _BLOCKED_FOR_LONG
        self._caller = caller
        self._connection: pika.BlockingConnection | None = None
        self._channel: Any = None
        self._blocked = False
        self._reply_to = ""
        self._waiting: dict[str, _Question] = {}
        self._unsent: list[_Question] = []
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._closing = False
        threading.Thread(target=self._run, name=f"rpc line of {caller}", daemon=True).start()

    def ask(self, routing_key: str, body: bytes, header: str, deadline: float) -> "Future[bytes]":
        """The reply's body to come, or `NobodyThere` or `LineDown`. `deadline`: seconds since the epoch."""
        question = _Question(routing_key, body, header, deadline, Future())
        with self._lock:
            self._unsent.append(question)
            connection = self._connection
        self._wanted.set()
        if connection is not None:
            with suppress(AMQPError):
                connection.add_callback_threadsafe(self._send_all)
        return question.reply

    def close(self) -> None:
        """Ends the thread and the connection."""
        self._closing = True
        self._wanted.set()

    # All below runs in the line's own thread.

    def _run(self) -> None:
        failures = 0
        while not self._closing:
            self._wanted.wait()
            try:
                self._open()
                failures = 0
                # A channel closes for what the broker forbids; the connection stays open and says nothing more.
                while not self._closing and self._channel.is_open:
                    self._send_all()
                    self._connection.process_data_events(time_limit=1)  # type: ignore[union-attr]
            except (AMQPError, OSError) as error:
                log.warning("broker does not answer", caller=self._caller, error=type(error).__name__)
                failures += 1
            finally:
                self._hang_up()
            if not self._closing:
                time.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])

    def _open(self) -> None:
        connection = pika.BlockingConnection(self._parameters)
        connection.add_on_connection_blocked_callback(lambda *_: self._set_blocked(True))
        connection.add_on_connection_unblocked_callback(lambda *_: self._set_blocked(False))
        channel = connection.channel()
        self._reply_to = uuid.uuid4().hex
        queue = f"rpc.reply-{self._caller}-{self._reply_to}"
        # Exclusive: it goes with the connection, and nobody else may read from it.
        channel.queue_declare(queue, exclusive=True)
        channel.queue_bind(queue, EXCHANGE, self._reply_to)
        channel.basic_consume(queue, self._on_reply, auto_ack=True, exclusive=True)
        channel.add_on_return_callback(self._on_return)
        self._channel, self._blocked = channel, False
        with self._lock:
            self._connection = connection

    def _send_all(self) -> None:
        while not self._blocked and (question := self._next_unsent()) is not None:
            left = int((question.deadline - time.time()) * 1000)
            # Cancelled means that its caller has given up: then it must not be carried out later.
            if left > 0 and question.reply.set_running_or_notify_cancel():
                self._send(question, left)

    def _next_unsent(self) -> _Question | None:
        with self._lock:
            return self._unsent.pop(0) if self._unsent else None

    def _send(self, question: _Question, left_ms: int) -> None:
        correlation_id = uuid.uuid4().hex
        self._forget_late_ones()
        self._waiting[correlation_id] = question
        properties = pika.BasicProperties(
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._reply_to,
            correlation_id=correlation_id,
            expiration=str(left_ms),
            headers={HEADER: question.header},
        )
        self._channel.basic_publish(EXCHANGE, question.routing_key, question.body, properties, mandatory=True)

    def _on_reply(self, _: Any, __: Any, properties: pika.BasicProperties, body: bytes) -> None:
        question = self._waiting.pop(properties.correlation_id, None)
        if question is not None:
            question.reply.set_result(body)

    def _on_return(self, _: Any, __: Any, properties: pika.BasicProperties, ___: bytes) -> None:
        question = self._waiting.pop(properties.correlation_id, None)
        if question is not None:
            question.reply.set_exception(NobodyThere())

    def _set_blocked(self, blocked: bool) -> None:
        self._blocked = blocked
        if not blocked:
            self._send_all()

    def _forget_late_ones(self) -> None:
        now = time.time()
        for correlation_id in [key for key, question in self._waiting.items() if question.deadline + GRACE < now]:
            del self._waiting[correlation_id]

    def _tell_those_waiting(self) -> None:
        for question in self._waiting.values():
            with suppress(InvalidStateError):
                question.reply.set_exception(LineDown(sent=True))
        self._waiting.clear()
        while self._closing and (unsent := self._next_unsent()) is not None:
            if unsent.reply.set_running_or_notify_cancel():
                unsent.reply.set_exception(LineDown(sent=False))

    def _hang_up(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
        self._tell_those_waiting()
        if connection is not None and connection.is_open:
            with suppress(AMQPError, OSError):
                connection.close()
