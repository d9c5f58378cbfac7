"""When the relay looks for events next, and where."""

import threading
from time import monotonic

SHORTEST, LONGEST = 0.01, 0.2
"""Seconds between two sweeps: while there is work, and when there has been none for a while."""


class Rhythm:
    """Sweeps at intervals, and at once where the database has told of a decision. `wake` and `stop` from any thread."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._telling = threading.Lock()
        self._awake = threading.Event()
        self._pause = SHORTEST
        self._all_at = 0.0
        self.stopping = threading.Event()

    def wake(self, collection: str) -> None:
        """A decision was made in this collection."""
        with self._telling:
            self._told.add(collection)
        self._awake.set()

    def stop(self) -> None:
        self.stopping.set()
        self._awake.set()

    def wait(self) -> None:
        """Returns when it is time for a sweep, or to stop."""
        self._awake.wait(self._pause)
        self._awake.clear()

    def where(self) -> frozenset[str]:
        """The collections that a sweep is to look through now; all of them where none is named."""
        with self._telling:
            told = frozenset(self._told)
            self._told.clear()
        if told and monotonic() < self._all_at:
            return told
        self._all_at = monotonic() + LONGEST
        return frozenset()

    def found(self, documents: int, *, on_their_way: int, listening: bool) -> None:
        """Takes note of what the sweep found: the next pause follows from it.

        What is on its way keeps the pauses short, told of decisions or not: a document whose events are out is not
        swept, and may have got more.
        """
        if documents:
            self._pause = SHORTEST
        elif listening and not on_their_way:
            self._pause = LONGEST
        else:
            self._pause = min(LONGEST, self._pause * 1.1)
