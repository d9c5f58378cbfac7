"""Moving what the broker gave up on from `<service>.dead` into the failed events, where an operator sees it."""

from contextlib import suppress

import pika
import structlog
from pika.adapters.blocking_connection import BlockingChannel, BlockingConnection
from pika.exceptions import AMQPError

from chassis import crashpoints
from chassis.failed_events.judging import DELIVERY_LIMIT, Judgement
from chassis.failed_events.storing import FailedEvents

log = structlog.get_logger(__name__)
_GAVE_UP = Judgement(DELIVERY_LIMIT, True, {"type": "DeliveryLimit", "message": "", "at": "unknown"})


class Drain:
    """A task of the service's worker process: each round empties the queue. Keeps its connection between rounds."""

    def __init__(self, amqp_url: str, queue: str, failed: FailedEvents) -> None:
        self._parameters = pika.URLParameters(amqp_url)
        self._parameters.heartbeat = 60
        self._parameters.blocked_connection_timeout = 30
        self._queue = queue
        self._failed = failed
        self._channel: BlockingChannel | None = None

    def run_once(self) -> int:
        """Stores and acknowledges every message there is; returns how many. Raises what broker and database raise."""
        try:
            return self._emptied(self._open())
        except Exception:
            # Whatever went away: closing hands a message that is not stored back to its queue.
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            with suppress(AMQPError, OSError):
                channel.connection.close()

    def _open(self) -> BlockingChannel:
        if self._channel is None or not self._channel.is_open:
            self._channel = BlockingConnection(self._parameters).channel()
        return self._channel

    def _emptied(self, channel: BlockingChannel) -> int:
        moved = 0
        while True:
            method, _, body = channel.basic_get(self._queue)
            if method is None:
                return moved
            self._failed.store(body, self._queue, _GAVE_UP)
            crashpoints.reached("drain.after-store")
            channel.basic_ack(method.delivery_tag)
            moved += 1
