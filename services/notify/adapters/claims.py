"""Which messages of a queue are being sent, on MongoDB: one small document for each channel.

A mark in each message would be a write of each, with all that indexes know of it, to say for a second what matters to
other workers alone.
"""

import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

from pymongo import collection as mongo
from pymongo.errors import DuplicateKeyError

from chassis.store import store_faults

Document = dict[str, Any]

LEASE_SECONDS = 30.0
"""How long one attempt keeps others away."""


class Claims:
    """The claims on messages of one queue, on the machine's own clock: a demo that moves its clock ends none.

    A claim that is lost, or outlives its message, costs a wait: it says nothing of whether anything was sent.
    """

    def __init__(
        self,
        claims: mongo.Collection[Document],
        queue: str,
        lease_seconds: float = LEASE_SECONDS,
        seconds: Callable[[], float] = time.time,
    ) -> None:
        self._claims, self._queue = claims, queue
        self._lease_seconds, self._seconds = lease_seconds, seconds

    def take(self, ids: Sequence[str], channel: str) -> list[str]:
        """Claims those of them that nobody holds, and returns them. Raises `Unavailable`."""
        while free := self._free(ids, channel):
            if self._taken(free, channel):
                return free
        return []

    def give_back(self, ids: Collection[str], channel: str) -> None:
        """Ends the claims on these messages. Raises `Unavailable`."""
        if ids:
            self._pull({"id": {"$in": list(ids)}}, channel)

    def _free(self, ids: Sequence[str], channel: str) -> list[str]:
        now = self._seconds()
        with store_faults():
            claimed = (self._claims.find_one(self._of(channel)) or {"held": []})["held"]
        if any(each["until"] < now for each in claimed):
            self._pull({"until": {"$lt": now}}, channel)
        held = {each["id"] for each in claimed if each["until"] >= now}
        return [each for each in ids if each not in held]

    def _taken(self, free: Sequence[str], channel: str) -> bool:
        """Whether nobody took any of them in between: then they are ours."""
        until = self._seconds() + self._lease_seconds
        claims = [{"id": each, "until": until} for each in free]
        nobody_holds_any = self._of(channel) | {"held.id": {"$nin": list(free)}}
        try:
            with store_faults():
                self._claims.update_one(nobody_holds_any, {"$push": {"held": {"$each": claims}}}, upsert=True)
        except DuplicateKeyError:
            return False
        return True

    def _pull(self, which: Document, channel: str) -> None:
        with store_faults():
            self._claims.update_one(self._of(channel), {"$pull": {"held": which}})

    def _of(self, channel: str) -> Document:
        return {"_id": f"{self._queue} {channel}"}
