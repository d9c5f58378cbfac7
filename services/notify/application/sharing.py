"""Several connections of one process to one server: what is due is looked for once for all of them."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from chassis.kernel.documents import Loaded
from services.notify.application.ports import Made, Queue
from services.notify.domain.notification import Notification

AHEAD = 5_000
"""How many are looked for at once: to find the oldest, a database reads all that is due, be it much or little."""
SHARE = 100
"""How many of them a connection is given at a time: each then has its part, and a pause is noticed soon."""


class Shared:
    """`Queue` of one channel, of which each connection is given what no other was given.

    What was found is only where to look: whoever leases it sees whether it is still due.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue, self._found, self._lock = queue, deque[str](), Lock()

    def due(self, channel: str, now: datetime, limit: int) -> list[str]:
        with self._lock:
            if not self._found:
                self._found.extend(self._queue.due(channel, now, AHEAD))
            return [self._found.popleft() for _ in range(min(limit, SHARE, len(self._found)))]

    def lease(self, ids: Sequence[str], channel: str, now: datetime) -> list[Loaded[Notification]]:
        return self._queue.lease(ids, channel, now)

    def load(self, document_id: str) -> Loaded[Notification]:
        return self._queue.load(document_id)

    def record(self, made: Sequence[Made], channel: str) -> set[str]:
        return self._queue.record(made, channel)
