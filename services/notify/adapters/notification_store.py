"""Notifications on MongoDB."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Ways, behind_moment, newest, store_faults
from chassis.store.many import add_new
from services.notify.adapters.shapes import NOTIFICATION_SHAPE
from services.notify.domain.notification import Notification

Document = dict[str, Any]
Place = tuple[datetime, str]

LEASE_SECONDS = 30.0
"""How long one attempt keeps others away. On the machine's own clock: a demo that moves its clock ends no lease."""


class NotificationStore(DocumentStore[Notification]):
    """`Notifications` on MongoDB."""

    def __init__(
        self,
        collection: Collection[Document],
        lease_seconds: float = LEASE_SECONDS,
        seconds: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(collection, NOTIFICATION_SHAPE)
        self._lease_seconds, self._seconds = lease_seconds, seconds

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        add_new(self, queued)

    def due(self, now: datetime, limit: int) -> list[Loaded[Notification]]:
        return self.matching({"due.at": {"$lte": now}}, order=(("due.at", 1),), limit=limit)

    def lease(self, waiting: Loaded[Notification]) -> bool:
        # A lease is for one moment of trying: whatever moves that moment on ends it, and reading does not.
        moment = waiting.state.email.next_try
        attempt = moment.isoformat() if moment else ""
        free = [{"lease.of": {"$ne": attempt}}, {"lease.until": {"$lt": self._seconds()}}]
        lease = {"of": attempt, "until": self._seconds() + self._lease_seconds}
        with store_faults():
            taken = self.collection.update_one(
                {"_id": waiting.id, "version": waiting.version, "$or": free}, {"$set": {"lease": lease}}
            )
        return taken.modified_count == 1

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        return self._newest({"recipient": recipient}, limit, self._place(recipient, after) if after else None)

    def unread(self, recipient: str) -> int:
        with store_faults():
            return self.collection.count_documents({"recipient": recipient, "read_at": None})

    def search(
        self, *, about: str | None, recipient: str | None, state: str | None, limit: int
    ) -> list[Loaded[Notification]]:
        asked = {"about": about, "recipient": recipient, "email.state": state}
        return self._newest({name: value for name, value in asked.items() if value is not None}, limit)

    def _newest(self, where: Document, limit: int, place: Place | None = None) -> list[Loaded[Notification]]:
        behind = behind_moment("made_at", place, datetime.fromtimestamp(self._seconds(), UTC))
        return newest(self, Ways([where]), behind, by=("made_at", "_id"), limit=limit)

    def _place(self, recipient: str, after: str) -> Place | None:
        with store_faults():
            last = self.collection.find_one({"_id": after, "recipient": recipient}, {"made_at": 1})
        return (last["made_at"], after) if last else None
