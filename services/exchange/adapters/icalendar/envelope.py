"""One calendar around one event: what a reply looks like from outside."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.exchange.adapters.icalendar.lines import Line, lines_of
from services.exchange.domain.consultations.replies.refusals import NotACalendar

CALENDAR, EVENT = "VCALENDAR", "VEVENT"


@dataclass(frozen=True)
class Envelope:
    """`method` of the calendar, in capitals; the event's own lines, not those of what is inside it."""

    method: str
    event: tuple[Line, ...]

    def lines(self, name: str) -> list[Line]:
        return [line for line in self.event if line.name == name]

    def one(self, name: str) -> Line:
        """Raises `NotACalendar` where there is none, or more."""
        line = self.at_most_one(name)
        if line is None:
            raise NotACalendar(why="missing", line=name)
        return line

    def at_most_one(self, name: str) -> Line | None:
        """Two that say the same are one. Raises `NotACalendar` where they differ: who reads the other is deceived."""
        found = self.lines(name)
        if any(line != found[0] for line in found):
            raise NotACalendar(why="twice", line=name)
        return found[0] if found else None


def envelope_of(content: bytes) -> Envelope:
    """Raises `NotACalendar`, `CalendarTooLarge`."""
    methods: list[str] = []
    events: list[list[Line]] = []
    inside: list[str] = []
    for line in lines_of(content):
        if line.name == "BEGIN":
            _enter(line, inside, events)
        elif line.name == "END":
            _leave(line, inside)
        elif inside == [CALENDAR] and line.name == "METHOD":
            methods.append(line.value.strip().upper())
        elif inside == [CALENDAR, EVENT]:
            events[-1].append(line)
    if inside:
        raise NotACalendar(why="nesting")
    return Envelope(_same(methods), _the_one(events))


def _enter(line: Line, inside: list[str], events: list[list[Line]]) -> None:
    name = line.value.strip().upper()
    if (name == CALENDAR) != (not inside):
        raise NotACalendar(why="nesting" if inside else "no-calendar")
    inside.append(name)
    if inside == [CALENDAR, EVENT]:
        events.append([])


def _leave(line: Line, inside: list[str]) -> None:
    if not inside or inside.pop() != line.value.strip().upper():
        raise NotACalendar(why="nesting")


def _same(methods: Iterable[str]) -> str:
    different = set(methods)
    if len(different) > 1:
        raise NotACalendar(why="twice", line="METHOD")
    return different.pop() if different else ""


def _the_one(events: list[list[Line]]) -> tuple[Line, ...]:
    if len(events) != 1:
        raise NotACalendar(why="several-events" if events else "no-event")
    return tuple(events[0])
