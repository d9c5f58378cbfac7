"""Removing from their documents the events that the broker has confirmed."""

import threading
from collections import defaultdict
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

import structlog
from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis import crashpoints
from chassis.relay.parcels import Parcel

log = structlog.get_logger(__name__)

_AT_ONCE = 500
_MANY = 8
"""Events of one document from which on looking for each by its id takes the database longer than all the rest."""


class Pulling:
    """Takes finished parcels from any thread; `run()` in a thread of its own pulls them, hundreds in one write.

    `pulled` is told of each parcel afterwards.
    """

    def __init__(self, database: Database[Any], pulled: Callable[[Parcel], None]) -> None:
        self._database = database
        self._pulled = pulled
        self._finished: SimpleQueue[Parcel | None] = SimpleQueue()
        self._leaving = threading.Event()

    def finish(self, parcel: Parcel) -> None:
        self._finished.put(parcel)

    def leave(self) -> None:
        """Ends `run()` when what was finished so far is pulled."""
        self._leaving.set()
        self._finished.put(None)

    def run(self) -> None:
        while (parcel := self._finished.get()) is not None:
            parcels, last = self._and_more(parcel)
            self._pull(parcels)
            if last:
                return

    def _and_more(self, first: Parcel) -> tuple[list[Parcel], bool]:
        parcels = [first]
        while len(parcels) < _AT_ONCE:
            try:
                parcel = self._finished.get_nowait()
            except Empty:
                break
            if parcel is None:
                return parcels, True
            parcels.append(parcel)
        return parcels, False

    def _pull(self, parcels: list[Parcel]) -> None:
        crashpoints.reached("relay.after-confirm")
        while not self._written(parcels):
            # Until it is written their documents are not swept: nothing is published again meanwhile.
            if self._leaving.wait(0.5):
                return
        crashpoints.reached("relay.after-pull")
        for parcel in parcels:
            self._pulled(parcel)

    def _written(self, parcels: list[Parcel]) -> bool:
        emptied = [parcel for parcel in parcels if _may_be_emptied(parcel)]
        others = [parcel for parcel in parcels if parcel.to_pull and not _may_be_emptied(parcel)]
        try:
            if self._write(emptied, _emptying) < len(emptied):
                # A decision came in between and added events: then one by one, by their ids.
                others += emptied
            self._write(others, _removing)
        except PyMongoError as error:
            log.warning("published events not removed yet", error=type(error).__name__)
            return False
        return True

    def _write(self, parcels: list[Parcel], update: Callable[[Parcel], UpdateOne]) -> int:
        """Writes one update per parcel, in bulk; returns how many documents were as the updates expect them."""
        writes: dict[str, list[UpdateOne]] = defaultdict(list)
        for parcel in parcels:
            writes[parcel.collection].append(update(parcel))
        results = [self._database[name].bulk_write(updates, ordered=False) for name, updates in writes.items()]
        return sum(result.matched_count for result in results)


# Neither raises `version`: no decision was made.


def _may_be_emptied(parcel: Parcel) -> bool:
    return parcel.version is not None and len(parcel.events) >= _MANY and parcel.all_settled


def _emptying(parcel: Parcel) -> UpdateOne:
    """Events come with a decision and a decision raises `version`: at this one there are none but those published."""
    return UpdateOne({"_id": parcel.document_id, "version": parcel.version}, {"$set": {"outbox": []}})


def _removing(parcel: Parcel) -> UpdateOne:
    return UpdateOne({"_id": parcel.document_id}, {"$pull": {"outbox": {"id": {"$in": parcel.to_pull}}}})
