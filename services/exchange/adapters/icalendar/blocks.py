"""Bookings as they were last written: what a feed is made of is written again only when it has changed."""

from collections.abc import Callable, Hashable, Iterable

from icalendar import Event

from chassis.recent import Recent
from services.exchange.adapters.icalendar.written import written


class Blocks:
    """At most `most` of them; the one that was not asked for longest goes first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._kept = Recent[Hashable, bytes](most)

    def of(self, key: Hashable, write: Callable[[], Iterable[Event]]) -> bytes:
        """What stands under the key, written now where nothing does. The key holds all that the text depends on."""
        text = self._kept.get(key)
        if text is None:
            text = b"".join(written(event) for event in write())
            self._kept.put(key, text)
        return text

    def __len__(self) -> int:
        return len(self._kept)
