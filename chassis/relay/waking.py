"""Being told by the database that there is something to sweep, so that nothing waits for the next sweep.

Only a hint: what is missed meanwhile, the next sweep finds. So there is no resume token to keep, and where the database
cannot tell (a single server that is no replica set), sweeping goes on alone. While there is a backlog nobody listens:
sweeps follow each other anyway, and the database would have to look at every removal of a published event, too.
Source: MongoDB's change streams.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from pymongo.database import Database
from pymongo.errors import PyMongoError

log = structlog.get_logger(__name__)

_WAITING_MS = 500
_PAUSES = (0.5, 5.0, 60.0)
_REST = 1.0


class Waking:
    """Calls `wake` with the collection's name after each decision; `run()` in a thread of its own, until `leave()`.

    `busy` tells whether there is a backlog. `listening`: whether the database tells.
    """

    def __init__(
        self,
        database: Database[Any],
        collections: Sequence[str],
        wake: Callable[[str], None],
        busy: Callable[[], bool],
    ) -> None:
        self._database = database
        self._pipeline = [{"$match": _decision_in(collections)}, {"$project": {"ns": 1}}]
        self._wake, self._busy = wake, busy
        self._leaving = threading.Event()
        self.listening = False

    def leave(self) -> None:
        """Ends `run()`, from any thread."""
        self._leaving.set()

    def run(self) -> None:
        failures = 0
        while not self._leaving.is_set():
            if self._busy():
                self._leaving.wait(_REST)
                continue
            try:
                self._watch()
                failures = 0
            except PyMongoError as error:
                pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
                log.info("not told of decisions", again_in_seconds=pause, error=type(error).__name__)
                failures += 1
                self._leaving.wait(pause)

    def _watch(self) -> None:
        with self._database.watch(self._pipeline, max_await_time_ms=_WAITING_MS) as decisions:
            self.listening = True
            try:
                while decisions.alive and not self._leaving.is_set() and not self._busy():
                    if (told := decisions.try_next()) is not None:
                        self._wake(told["ns"]["coll"])
            finally:
                self.listening = False


def _decision_in(collections: Sequence[str]) -> dict[str, Any]:
    """Every decision sets `version`; the removal of published events does not."""
    made = {"operationType": "insert"}
    changed = {"operationType": "update", "updateDescription.updatedFields.version": {"$exists": True}}
    return {"ns.coll": {"$in": list(collections)}, "$or": [made, changed]}
