"""A store in memory: shelves of entries that never change, so that going back is putting back a copy."""

from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar

Result = TypeVar("Result")


class Memory:
    """All the shelves of one service. Whoever changes anything holds `lock`: writers take turns."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._shelves: dict[str, dict[str, Any]] = {}

    def shelf(self, name: str) -> dict[str, Any]:
        """The entries of one kind, by id; empty at first."""
        return self._shelves.setdefault(name, {})

    def atomically(self, body: Callable[[Any], Result]) -> Result:
        """Runs `body`; whatever it raises, nothing that it wrote stays."""
        with self.lock:
            before = {name: dict(shelf) for name, shelf in self._shelves.items()}
            try:
                return body(self)
            except BaseException:
                for name, shelf in self._shelves.items():
                    shelf.clear()
                    shelf.update(before.get(name, {}))
                raise
