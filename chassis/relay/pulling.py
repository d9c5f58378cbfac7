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
        writes: dict[str, list[UpdateOne]] = defaultdict(list)
        for parcel in parcels:
            if parcel.to_pull:
                # Never raises `version`: no decision was made.
                update = {"$pull": {"outbox": {"id": {"$in": parcel.to_pull}}}}
                writes[parcel.collection].append(UpdateOne({"_id": parcel.document_id}, update))
        try:
            for collection, updates in writes.items():
                self._database[collection].bulk_write(updates, ordered=False)
        except PyMongoError as error:
            log.warning("published events not removed yet", error=type(error).__name__)
            return False
        return True
