"""Taking turns within one process, where all would only get in each other's way."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass
class _Turn:
    lock: Lock = field(default_factory=Lock)
    wanted: int = 0


class Turns:
    """Who wants the same thing waits; who wants another does not.

    It only saves work that would have to be done again, and the waiting of who is beaten time after time. What may not
    happen twice the database refuses, also to another process.
    """

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def taken(self, *things: str) -> Iterator[None]:
        """It is this caller's turn with all of the things."""
        with ExitStack() as held:
            # Always in one order: nobody waits for who waits for them.
            for thing in sorted(set(things)):
                held.enter_context(self._taken(thing))
            yield

    @contextmanager
    def _taken(self, thing: str) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(thing, _Turn())
            turn.wanted += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.wanted -= 1
                if not turn.wanted:
                    del self._turns[thing]
