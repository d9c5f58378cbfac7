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

log = structlog.get_logger(__name__)

LEASE_SECONDS = 60.0
"""How long one attempt keeps others away. On the machine's own clock: a demo that moves its clock ends no lease."""
CRASHES_ALLOWED = 2
LONGEST_WAIT = timedelta(days=30)
"""How long one event waits for another to come before somebody has to look at it."""


class RetryWorker:
    """A task of the service's worker process. `handle` takes the event's body, as the subscriber does.

    An attempt is counted before it is made, so that an event that kills the process cannot be tried for ever.
    """

    def __init__(
        self,
        failed: FailedEvents,
        handle: Callable[[bytes], None],
        seconds: Callable[[], float] = time.time,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self.failed = failed
        self.collection = failed.collection
        self._handle = handle
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
        if not self._claimed(document):
            return False
        if document["crashes"] >= CRASHES_ALLOWED:
            error = {"type": "Killed", "message": "", "at": "unknown"}
            self._failed(document, Judgement(KILLED_THE_PROCESS, True, error))
            return False
        try:
            self._handle(_body(document))
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is an answer about this one event)
            self._after_error(document, error)
        else:
            crashpoints.reached("retry.after-effect")
            self.collection.delete_one({"_id": document["_id"], "attempt": document["attempt"]})
            EVENTS_RETRIED.labels(document["type"], "handled").inc()
        return True

    def _claimed(self, document: Document) -> bool:
        """Leases the event and counts the attempt; false when another worker was quicker."""
        seen = {"_id": document["_id"], "status": "waiting", "attempt": document["attempt"]}
        # A lease that nobody gave back: its holder died over this event.
        died = 1 if document.get("leased_until") else 0
        taken = self.collection.update_one(
            seen, {"$inc": {"attempt": 1, "crashes": died}, "$set": {"leased_until": self._seconds() + self._lease}}
        )
        document["attempt"] += 1
        document["crashes"] += died
        return taken.modified_count == 1

    def _after_error(self, document: Document, error: Exception) -> None:
        if database_is_away(error):
            self._to_hand_back[document["_id"]] = document["attempt"]
            return
        self._failed(document, self._sentence(document, judged(error)))

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
