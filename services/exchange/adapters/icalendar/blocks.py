"""Bookings as they were last written: what a feed is made of is written again only when it has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock

from icalendar import Event

from services.exchange.adapters.icalendar.written import written


class Blocks:
    """At most `most` of them; the one that was not asked for longest goes first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Hashable, bytes](), Lock()

    def of(self, key: Hashable, write: Callable[[], Iterable[Event]]) -> bytes:
        """What stands under the key, written now where nothing does. The key holds all that the text depends on."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        text = b"".join(written(event) for event in write())
        with self._lock:
            self._kept[key] = text
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return text

    def __len__(self) -> int:
        return len(self._kept)
