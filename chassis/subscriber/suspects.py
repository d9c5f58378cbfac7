"""What came back twice, taken one at a time from `<service>.suspects` and tried in a process of its own."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel, BlockingConnection
from pika.exceptions import AMQPError

from chassis import crashpoints
from chassis.failed_events import FailedEvents
from chassis.failed_events.judging import Judgement, judged
from chassis.metrics import EVENTS_HANDLED
from chassis.store.faults import StoreUnavailable
from chassis.subscriber.trial import Trial

_PATIENCE = 5


@dataclass
class _Suspect:
    """A message in hand, unacknowledged. `waited`: how often it found the database away."""

    tag: int
    body: bytes
    waited: int = 0


class Suspects:
    """A task of the service's worker process: each round judges one message. Keeps its connection between rounds."""

    def __init__(self, amqp_url: str, queue: str, failed: FailedEvents, trial: Trial) -> None:
        self._parameters = pika.URLParameters(amqp_url)
        self._parameters.heartbeat = 60
        self._parameters.blocked_connection_timeout = 30
        self._queue = queue
        self._failed = failed
        self._trial = trial
        self._channel: BlockingChannel | None = None
        self._in_hand: _Suspect | None = None

    def run_once(self) -> int:
        """Has the effect of one suspect, or stores it; returns 1, or 0 where there is none or the database is away.

        While it is away a suspect stays in hand: giving it back would count. Raises what the broker raises.
        """
        self._stay_connected()
        if not self._failed.answers():
            return 0
        suspect = self._in_hand = self._in_hand or self._taken()
        if suspect is None:
            self._trial.close()
            return 0
        return self._judged(suspect)

    def _judged(self, suspect: _Suspect) -> int:
        try:
            judgement = self._trial(suspect.body, meanwhile=self._stay_connected)
        except StoreUnavailable as error:
            suspect.waited += 1
            if suspect.waited <= _PATIENCE:
                return 0
            # The database answers everybody else: waiting longer would block the queue for one event.
            judgement = judged(error)
        self._settle(suspect, judgement)
        return 1

    def _settle(self, suspect: _Suspect, judgement: Judgement | None) -> None:
        if judgement:
            self._failed.store(suspect.body, self._queue, judgement)
        EVENTS_HANDLED.labels("handled" if not judgement else "dead" if judgement.hopeless else "to-retry").inc()
        crashpoints.reached("suspects.before-acknowledging")
        self._in_hand = None
        # On a connection that went meanwhile there is nothing to acknowledge: the message comes again.
        if self._channel is not None:
            self._asked(lambda channel: channel.basic_ack(suspect.tag))

    def _taken(self) -> _Suspect | None:
        if self._channel is None:
            self._channel = BlockingConnection(self._parameters).channel()
        method, _, body = self._asked(lambda channel: channel.basic_get(self._queue))
        return _Suspect(method.delivery_tag, body) if method else None

    def _asked(self, ask: Callable[[BlockingChannel], Any]) -> Any:
        try:
            return ask(self._channel)
        except (AMQPError, OSError):
            self._hang_up()
            raise

    def _stay_connected(self) -> None:
        """Lets the broker be heard and answers its heartbeats; a connection that is gone is let go."""
        if self._channel is not None:
            with suppress(AMQPError, OSError):
                self._asked(lambda channel: channel.connection.process_data_events(time_limit=0))

    def _hang_up(self) -> None:
        channel, self._channel, self._in_hand = self._channel, None, None
        if channel is not None and channel.connection.is_open:
            with suppress(AMQPError, OSError):
                channel.connection.close()
