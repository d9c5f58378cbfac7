"""What an operator does about dead letters, without consuming anything from the broker."""

from typing import Any

from pymongo.collection import Collection

from chassis.clock import Clock

_SHORT = {"event": 0, "body": 0, "trail": 0}


class DeadLetters:
    """The dead letters among one service's failed events.

    `clock` says when a replay is due: at once.
    """

    def __init__(self, collection: Collection[dict[str, Any]], clock: Clock) -> None:
        self._collection = collection
        self._clock = clock

    def list(self, limit: int = 100) -> list[dict[str, Any]]:
        """The latest, without their events: `_id`, `type`, `subject`, `reason`, `error`, `attempt`, …"""
        return list(self._collection.find({"status": "dead"}, _SHORT).sort("first_failed_at", -1).limit(limit))

    def show(self, letter: str) -> dict[str, Any] | None:
        """The whole failed event, dead or waiting, with what it says and its attempts; `None` where there is none."""
        return self._collection.find_one({"_id": letter})

    def replay(self, letter: str) -> bool:
        """Gives a dead letter to the service's worker to try afresh; false when it is no dead letter (any more)."""
        afresh = {"status": "waiting", "attempt": 0, "crashes": 0, "waits": 0, "due": self._clock.now()}
        update = {"$set": afresh, "$unset": {"leased_until": ""}}
        return self._collection.update_one({"_id": letter, "status": "dead"}, update).modified_count == 1

    def discard(self, letter: str) -> bool:
        """Removes a dead letter for good; false when it is no dead letter (any more)."""
        return self._collection.delete_one({"_id": letter, "status": "dead"}).deleted_count == 1
