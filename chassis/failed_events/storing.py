"""Keeping an event that was not dealt with, before its message is acknowledged."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import orjson
import pymongo
import structlog
from pymongo.collection import Collection
from pymongo.errors import DocumentTooLarge, DuplicateKeyError, PyMongoError

from chassis.clock import Clock
from chassis.failed_events.judging import NOT_YET, Judgement, database_is_away
from chassis.kernel.ids import derived
from chassis.manifest import Index
from chassis.metrics import EVENTS_DEAD
from chassis.store.faults import store_faults
from contracts.catalogue import NotAnEvent, parse
from contracts.envelope import CloudEvent

log = structlog.get_logger(__name__)
Document = dict[str, Any]

COLLECTION = "failed_events"
INDEXES = (Index((("status", 1), ("due", 1))), Index((("subject", 1),), sparse=True))

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 10, 60, 600, 3600))
"""How long after a failed attempt the next one comes; after the last there is none."""


class FailedEvents:
    """One subscriber's failed events, in its own database.

    A document: `_id` from subscriber, type and event id (or from the body's hash), `event` as JSON values or `body` as
    bytes, `queue`, `type`, `subject`, `attempt` (how many were made), `waits` (how many of them only found that another
    event had not come), `crashes`, `due`, `status` (`waiting` or `dead`), `reason`, `error` {type, message, at},
    `first_failed_at`, `trail` (one entry per failed attempt).
    """

    def __init__(self, collection: Collection[Document], subscriber: str, clock: Clock) -> None:
        self.collection = collection
        self.subscriber = subscriber
        self.clock = clock

    def store(self, body: bytes, queue: str, judgement: Judgement) -> None:
        """Keeps the event, to be tried again or, where that is hopeless, as a dead letter. Keeping it twice is once.

        Raises `StoreUnavailable` while the database is away.
        """
        event = _parsed(body)
        document = self._document(body, event, queue, judgement)
        try:
            self._insert(document, body)
        except DuplicateKeyError:
            # Died between storing and acknowledging, or the event came twice: its attempts go on as they are.
            return
        if judgement.hopeless:
            EVENTS_DEAD.labels(judgement.reason).inc()
        log.warning(
            "event not handled",
            failed_event=document["_id"],
            type=document["type"],
            status=document["status"],
            reason=judgement.reason,
            error=judgement.error["type"],
            at=judgement.error["at"],
        )

    def answers(self) -> bool:
        """Whether the database is there."""
        try:
            with pymongo.timeout(1):
                self.collection.database.command("ping")
        except PyMongoError:
            return False
        return True

    def _insert(self, document: Document, body: bytes) -> None:
        try:
            self._insert_one(document)
        except DuplicateKeyError:
            raise
        except Exception as error:
            if database_is_away(error):
                raise
            # JSON knows numbers, keys and depths that driver or server do not: then the bytes are kept as they came.
            self._insert_bytes(document, body)

    def _insert_bytes(self, document: Document, body: bytes) -> None:
        try:
            self._insert_one(document | {"event": None, "body": body})
        except DocumentTooLarge:
            emptied = {"event": None, "body": None, "status": "dead", "reason": "too-large"}
            self._insert_one(document | emptied)

    def _insert_one(self, document: Document) -> None:
        with store_faults():
            self.collection.insert_one(document)

    def _document(self, body: bytes, event: CloudEvent | None, queue: str, judgement: Judgement) -> Document:
        now = self.clock.now()
        values = _values(body) if event else None
        return {
            "_id": self._id(body, event),
            "event": values,
            "body": body if values is None else None,
            "queue": queue,
            "type": event.type if event else None,
            "subject": event.subject if event else None,
            "attempt": 1,
            "due": now + PAUSES[0],
            "status": "dead" if judgement.hopeless else "waiting",
            "reason": judgement.reason,
            "error": judgement.error,
            "first_failed_at": now,
            "trail": [trail_entry(now, 1, judgement)],
            "waits": int(judgement.reason == NOT_YET),
            "crashes": 0,
        }

    def _id(self, body: bytes, event: CloudEvent | None) -> str:
        # The type, too: two versions of one event share its id and are handled apart.
        if event:
            return derived(self.subscriber, event.type, event.id)
        return derived(self.subscriber, hashlib.sha256(body).hexdigest())


def trail_entry(now: datetime, attempt: int, judgement: Judgement) -> Document:
    """One failed attempt, as the document remembers it."""
    return {"at": now, "attempt": attempt, "reason": judgement.reason, "error": judgement.error["type"]}


def _values(body: bytes) -> Any:
    """The event as JSON values; `None` where a number in it is beyond what one can be here."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _parsed(body: bytes) -> CloudEvent | None:
    try:
        return parse(body)
    except NotAnEvent:
        return None
