"""Finding documents with unsent events."""

import threading
from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from typing import Any

import pymongo
import structlog
from bson.codec_options import CodecOptions, DatetimeConversion
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

from chassis.clock import Clock
from chassis.metrics import OUTBOX_AGE, OUTBOX_ASIDE, OUTBOX_DEPTH
from chassis.relay.parcels import Parcel, oldest, sorted_out

log = structlog.get_logger(__name__)
Key = tuple[str, Any]

_BATCH = 100
_PATIENCE = 50.0
"""Seconds for one collection. With less than a long backlog takes to read, a relay would never begin with it."""
# One document with an impossible date or broken text must not end the reading of all others.
_LENIENT: CodecOptions[dict[str, Any]] = CodecOptions(
    unicode_decode_error_handler="replace", datetime_conversion=DatetimeConversion.DATETIME_AUTO
)


class Sweeping:
    """Looks through a service's decided collections. `tracked` holds the documents whose events are on their way.

    A document found by one sweep may be read by the next before its events are pulled: it is therefore only let go of
    when the sweep that was under way at the time has ended.
    """

    def __init__(self, database: Database[Any], collections: Sequence[str], clock: Clock) -> None:
        lenient = database.with_options(codec_options=_LENIENT, read_concern=ReadConcern("majority"))
        self._collections = [lenient[name] for name in collections]
        self._clock = clock
        self._number = 0
        self._aside: set[tuple[Key, str, str]] = set()
        self._leaving: list[Key] = []
        self._letting_go = threading.Lock()
        self._out = 0
        self.tracked: dict[Key, Parcel] = {}

    def sweep(self, only: Set[str] = frozenset()) -> Iterator[Parcel]:
        """The parcels of all documents that are not on their way already. Raises what the driver raises.

        `only` these collections, where any are named: then nothing is learned about depth and age.
        """
        self._begin()
        depth, earliest = 0, None
        for collection, document in self._found(only):
            entries = document["outbox"] if isinstance(document["outbox"], list) else []
            depth += len(entries)
            earliest = min(filter(None, (earliest, oldest(entries))), default=None)
            parcel = self._parcel_of(collection, document)
            if parcel is not None:
                yield parcel
        if not only:
            self._measure(depth, earliest)

    def let_go(self, parcel: Parcel) -> None:
        """The parcel's document may be swept again; from any thread."""
        with self._letting_go:
            self._out -= len(parcel.events)
            if parcel.sweep == self._number:
                self.tracked.pop(parcel.key, None)
            else:
                self._leaving.append(parcel.key)

    @property
    def on_their_way(self) -> int:
        """Events that were found and are not pulled yet."""
        return self._out

    def _found(self, only: Set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        wanted, shown = {"outbox.id": {"$exists": True}}, {"outbox": 1, "version": 1}
        for collection in self._collections:
            if only and collection.name not in only:
                continue
            with pymongo.timeout(_PATIENCE):
                for document in collection.find(wanted, shown, batch_size=_BATCH):
                    yield collection.name, document

    def _begin(self) -> None:
        with self._letting_go:
            for key in self._leaving:
                self.tracked.pop(key, None)
            self._leaving.clear()
            self._number += 1

    def _parcel_of(self, collection: str, document: dict[str, Any]) -> Parcel | None:
        try:
            return self._parcel((collection, document["_id"]), document)
        except Exception as error:
            # Whatever is wrong with this document: the events of all others go on.
            log.error("document cannot be swept", collection=collection, exc_info=error)
            OUTBOX_ASIDE.labels("unreadable").inc()
            return None

    def _parcel(self, key: Key, document: dict[str, Any]) -> Parcel | None:
        if key in self.tracked:
            return None
        events, bad = sorted_out(document["outbox"])
        for event_id, reason in bad:
            self._set_aside(key, event_id, reason)
        if not events:
            return None
        parcel = Parcel(*key, self._number, events, None if bad else document.get("version"))
        self.tracked[key] = parcel
        with self._letting_go:
            self._out += len(events)
        return parcel

    def _set_aside(self, key: Key, event_id: str, reason: str) -> None:
        if (key, event_id, reason) not in self._aside:
            self._aside.add((key, event_id, reason))
            OUTBOX_ASIDE.labels(reason).inc()
            log.error("event cannot be published", document=str(key[1]), event_id=event_id, reason=reason)

    def _measure(self, depth: int, earliest: str | None) -> None:
        OUTBOX_DEPTH.set(depth)
        try:
            age = (self._clock.now() - datetime.fromisoformat(earliest)).total_seconds() if earliest else 0.0
        except (TypeError, ValueError):
            return
        OUTBOX_AGE.set(max(0.0, age))
