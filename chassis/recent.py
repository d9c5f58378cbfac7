"""What was asked for last, kept in memory: of more than that, what was not asked for longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Safe among threads. `most`: how much is kept, each value counting as `weight` says; the last one always stays."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        self._most, self._weight, self._kept_weight = most, weight, 0
        self._kept, self._lock = OrderedDict[Key, Value](), Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = value
            self._kept_weight += self._weight(value)
            while self._kept_weight > self._most and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def forget(self, key: Key) -> None:
        with self._lock:
            self._drop(key)

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: Key) -> None:
        if key in self._kept:
            self._kept_weight -= self._weight(self._kept.pop(key))
