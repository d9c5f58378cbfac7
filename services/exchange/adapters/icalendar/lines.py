"""The content lines of a file from a stranger: few enough, short enough, and only those that a reply is read from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icalendar.parser import Contentline

from services.exchange.domain.consultations.replies.refusals import CalendarTooLarge, NotACalendar

MOST_BYTES, MOST_LINES, MOST_IN_A_LINE = 256 * 1024, 5_000, 16 * 1024
READ = frozenset(
    {
        *("BEGIN", "END", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "RECURRENCE-ID", "ATTENDEE", "ORGANIZER"),
        *("COMMENT", "DTSTART", "DTEND", "DURATION"),
    }
)
"""What else a program writes, however long and strange, is passed over unread."""
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Line:
    """`parameters` by upper-case name, the first of several values each. `value`: as it is written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value unescaped (RFC 5545, 3.3.11)."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


def lines_of(content: bytes) -> Iterator[Line]:
    """The lines that matter, unfolded. Raises `CalendarTooLarge`, `NotACalendar`."""
    if len(content) > MOST_BYTES:
        raise CalendarTooLarge(what="bytes", most=MOST_BYTES)
    written = _unfolded(_decoded(content))
    if len(written) > MOST_LINES:
        raise CalendarTooLarge(what="lines", most=MOST_LINES)
    for line in written:
        if _name(line) in READ:
            yield _line(line)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotACalendar(why="encoding") from None
    if any(sign < " " and sign not in "\t\r\n" for sign in text):
        raise NotACalendar(why="control-characters")
    return text


def _unfolded(text: str) -> list[str]:
    """Lines end at CRLF, or at LF alone as some have it; one that begins with a blank goes on with the one before."""
    lines: list[list[str]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        elif line:
            lines.append([line])
    return ["".join(parts) for parts in lines]


def _name(line: str) -> str:
    return line[: min(end for end in (line.find(":"), line.find(";"), len(line)) if end >= 0)].strip().upper()


def _line(line: str) -> Line:
    if len(line) > MOST_IN_A_LINE:
        raise CalendarTooLarge(what="line-bytes", most=MOST_IN_A_LINE)
    try:
        name, parameters, value = Contentline(line).raw_parts()
    except ValueError:
        raise NotACalendar(why="line", line=line[:100]) from None
    first = {str(key).upper(): _first(parameters[key]) for key in parameters}
    return Line(str(name).upper(), first, value)


def _first(value: object) -> str:
    return str(value[0] if isinstance(value, list | tuple) else value)
