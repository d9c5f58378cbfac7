"""Channels on MongoDB: who paused which, how the way to each one's server was found, and which addresses are let be."""

import time
from collections.abc import Callable
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis.store import Shape, store_faults, tells_nobody
from services.notify.domain.admin.channel import Channel
from services.notify.domain.admin.suppression import Suppression
from services.notify.domain.breaker import CLOSED, Breaker

CHANNEL_SHAPE = Shape(
    service="notify",
    kind="channel",
    model=Channel,
    state_word=lambda channel: channel.state,
    publish=tells_nobody,
)

SUPPRESSION_SHAPE = Shape(
    service="notify",
    kind="suppression",
    model=Suppression,
    state_word=lambda suppression: suppression.state,
    publish=tells_nobody,
)

PROBE_SECONDS = 60.0
"""How long a probe keeps others away. On the machine's own clock: a demo that moves its clock ends no lease."""


class BreakerStore:
    """`Breakers` on MongoDB: a document for each channel, of which nobody decides. What is lost with it is a pause."""

    def __init__(self, collection: Collection[dict[str, Any]], seconds: Callable[[], float] = time.time) -> None:
        self._collection, self._seconds = collection, seconds

    def of(self, channel: str) -> Breaker:
        with store_faults():
            found = self._collection.find_one({"_id": channel})
        return Breaker(found["failures"], found["open_until"]) if found else CLOSED

    def take_probe(self, channel: str) -> bool:
        now = self._seconds()
        free = {"_id": channel, "probed_until": {"$lt": now}}
        with store_faults():
            taken = self._collection.update_one(free, {"$set": {"probed_until": now + PROBE_SECONDS}})
        return taken.modified_count == 1

    def leave(self, channel: str, before: Breaker, after: Breaker) -> None:
        # The mark of how often it failed in a row: of two that saw the same, one alone counts.
        seen = {"_id": channel, "failures": before.failures}
        fields = {"failures": after.failures, "open_until": after.open_until, "probed_until": 0.0}
        with store_faults():
            try:
                self._collection.update_one(seen, {"$set": fields}, upsert=before == CLOSED)
            except DuplicateKeyError:
                return
