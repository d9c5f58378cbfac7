"""Events as the lines of a file: what `Event.to_ical` answers, in less than half of its time.

The library looks at each sign to fold a line, and writes the parameters of each line anew, though most of them are
those of the same few people; a feed of a person took twice as long.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from icalendar import Event, Parameters


def written(event: Event) -> bytes:
    """With both its ends; events have nothing inside."""
    lines = (_folded(_line(name, value).encode()) for name, value in _held(event))
    return b"".join([b"BEGIN:VEVENT\r\n", *lines, b"END:VEVENT\r\n"])


def _held(event: Event) -> Iterator[tuple[str, Any]]:
    """A name that stands several times has a line for each of its values."""
    for name, held in event.items():
        for value in held if isinstance(held, list) else (held,):
            yield name, value


def _line(name: str, value: Any) -> str:
    ical = value.to_ical()
    text = ical.decode() if isinstance(ical, bytes) else ical
    parameters = _parameters(tuple(value.params.items()))
    return f"{name};{parameters}:{text}" if parameters else f"{name}:{text}"


@lru_cache(maxsize=4096)
def _parameters(held: tuple[tuple[str, str | tuple[str, ...]], ...]) -> str:
    return str(Parameters(dict(held)).to_ical(sorted=False), "utf-8")


def _folded(line: bytes) -> bytes:
    """No more than 75 octets to a line (RFC 5545, 3.1), none of them ending within a sign of several octets."""
    if len(line) <= _ROOM:
        return line + b"\r\n"
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


_ROOM = 75


def _pieces(line: bytes) -> Iterator[bytes]:
    begin, room = 0, _ROOM
    while len(line) - begin > room:
        end = begin + room
        while line[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        yield line[begin:end]
        # Further lines begin with a space.
        begin, room = end, _ROOM - 1
    yield line[begin:]
