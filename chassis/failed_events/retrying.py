"""Trying failed events again, when their time has come."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
import structlog

from chassis import crashpoints
from chassis.failed_events.judging import (
    ATTEMPTS_USED_UP,
    KILLED_THE_PROCESS,
    NEVER_CAME,
    NOT_YET,
    Judgement,
    database_is_away,
    judged,
)
from chassis.failed_events.storing import PAUSES, Document, FailedEvents, trail_entry
from chassis.metrics import EVENTS_DEAD, EVENTS_RETRIED
from chassis.store.faults import StoreUnavailable

log = structlog.get_logger(__name__)

LEASE_SECONDS = 60.0
"""How long one attempt keeps others away. On the machine's own clock: a demo that moves its clock ends no lease."""
CRASHES_ALLOWED = 20
"""As the broker's delivery limit: behind the trial, for what ends the worker together with its child."""
LONGEST_WAIT = timedelta(days=30)
"""How long one event waits for another to come before somebody has to look at it."""


class RetryWorker:
    """A task of the service's worker process. `handle` takes the event's body, as the subscriber does.

    An attempt is counted before it is made, so that an event that kills the process cannot be tried for ever. An event
    over which a process died is tried `apart`, in one of its own: it may have died of anything. `apart` returns what is
    to be said of the event, or `None` where it was handled.
    """

    def __init__(
        self,
        failed: FailedEvents,
        handle: Callable[[bytes], None],
        apart: Callable[[bytes], Judgement | None],
        seconds: Callable[[], float] = time.time,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self.failed = failed
        self.collection = failed.collection
        self._handle = handle
        self._apart = apart
        self._seconds = seconds
        self._lease = lease_seconds
        self._to_hand_back: dict[str, int] = {}

    def run_once(self, limit: int = 100) -> int:
        """Tries what is due, at most `limit` events; returns how many were tried."""
        self._hand_back()
        return sum(self._try(document) for document in self._due(limit))

    def _due(self, limit: int) -> list[Document]:
        asked = {
            "status": "waiting",
            "due": {"$lte": self.failed.clock.now()},
            "$or": [{"leased_until": None}, {"leased_until": {"$lt": self._seconds()}}],
        }
        return list(self.collection.find(asked).sort("due", 1).limit(limit))

    def _try(self, document: Document) -> bool:
        # A lease that nobody gave back: its holder died, of this event or of anything.
        died = bool(document.get("leased_until"))
        if not self._claimed(document, died):
            return False
        try:
            judgement = self._attempted(document, apart=died)
        except StoreUnavailable:
            self._to_hand_back[document["_id"]] = document["attempt"]
            return True
        if judgement:
            self._failed(document, self._sentence(document, judgement))
        else:
            crashpoints.reached("retry.after-effect")
            self.collection.delete_one({"_id": document["_id"], "attempt": document["attempt"]})
            EVENTS_RETRIED.labels(document["type"], "handled").inc()
        return True

    def _attempted(self, document: Document, apart: bool) -> Judgement | None:
        """`None` where the event was handled. Raises `StoreUnavailable` while the database is away."""
        if document["crashes"] >= CRASHES_ALLOWED:
            return Judgement(KILLED_THE_PROCESS, True, {"type": "Killed", "message": "", "at": "unknown"})
        if apart:
            return self._apart(_body(document))
        try:
            self._handle(_body(document))
        except Exception as error:
            if database_is_away(error):
                raise StoreUnavailable(because=type(error).__name__) from error
            return judged(error)
        return None

    def _claimed(self, document: Document, died: bool) -> bool:
        """Leases the event and counts the attempt; false when another worker was quicker."""
        seen = {"_id": document["_id"], "status": "waiting", "attempt": document["attempt"]}
        taken = self.collection.update_one(
            seen,
            {"$inc": {"attempt": 1, "crashes": int(died)}, "$set": {"leased_until": self._seconds() + self._lease}},
        )
        document["attempt"] += 1
        document["crashes"] += int(died)
        return taken.modified_count == 1

    def _sentence(self, document: Document, judgement: Judgement) -> Judgement:
        """What this attempt's end means after all those before it. Waiting for another event spends no attempt."""
        if judgement.hopeless:
            return judgement
        if judgement.reason == NOT_YET:
            over = self.failed.clock.now() - document["first_failed_at"] > LONGEST_WAIT
            return Judgement(NEVER_CAME, True, judgement.error) if over else judgement
        spent = document["attempt"] - document["waits"]
        return Judgement(ATTEMPTS_USED_UP, True, judgement.error) if spent > len(PAUSES) else judgement

    def _failed(self, document: Document, judgement: Judgement) -> None:
        now = self.failed.clock.now()
        status: Document = {"status": "dead"} if judgement.hopeless else {"due": _next(now, document["attempt"])}
        self.collection.update_one(
            {"_id": document["_id"], "attempt": document["attempt"]},
            {
                "$set": status | {"reason": judgement.reason, "error": judgement.error},
                "$unset": {"leased_until": ""},
                "$inc": {"waits": int(judgement.reason == NOT_YET)},
                "$push": {"trail": trail_entry(now, document["attempt"], judgement)},
            },
        )
        EVENTS_RETRIED.labels(document["type"], "dead" if judgement.hopeless else "failed").inc()
        if judgement.hopeless:
            EVENTS_DEAD.labels(judgement.reason).inc()
        log.warning("attempt failed", id=document["_id"], attempt=document["attempt"], reason=judgement.reason)

    def _hand_back(self) -> None:
        """Takes back the attempts that were claimed and not made, the database being away: they are not spent."""
        for failed_event, attempt in list(self._to_hand_back.items()):
            self.collection.update_one(
                {"_id": failed_event, "attempt": attempt}, {"$inc": {"attempt": -1}, "$unset": {"leased_until": ""}}
            )
            del self._to_hand_back[failed_event]


def _next(now: datetime, attempt: int) -> datetime:
    return now + PAUSES[min(attempt, len(PAUSES)) - 1]


def _body(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document["event"]) if document["event"] is not None else bytes(document["body"] or b"")
