"""Bookings as they were last written: what a feed is made of is written again only when it has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from threading import Lock

from icalendar import Event


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
        written = b"".join(line for event in write() for line in _lines(event))
        with self._lock:
            self._kept[key] = written
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return written

    def __len__(self) -> int:
        return len(self._kept)


def _lines(event: Event) -> Iterator[bytes]:
    """What `Event.to_ical` answers, folded here: the library looks at each sign, and a feed took a third longer."""
    for line in event.content_lines(sorted=False):
        if line:
            yield from _folded(line.encode())


def _folded(line: bytes) -> Iterator[bytes]:
    """No more than 75 octets to a line (RFC 5545, 3.1), none of them ending within a sign of several octets."""
    begin, room = 0, 75
    while len(line) - begin > room:
        end = begin + room
        while line[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        yield line[begin:end] + b"\r\n "
        begin, room = end, 74
    yield line[begin:] + b"\r\n"
