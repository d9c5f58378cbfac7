"""What a table of reminders is made of, and the moments that follow from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chassis.kernel.ids import derived
from chassis.kernel.zones import zone_named
from services.notify.domain.lines import Facts, Line

HOUR = time(9)
"""When people are reminded: nobody is woken, and the day is still there to act in."""


@dataclass(frozen=True)
class Aim:
    """What is counted back from: something on the day `day`.

    `anchor` names it, the same for as long as it stands where it does. `zones`: those of whoever is reminded, which see
    `HOUR` at different moments; the last of these counts. `until`: when being reminded makes no sense any more.
    """

    anchor: str
    day: date
    zones: tuple[str, ...]
    until: datetime


@dataclass(frozen=True)
class Row:
    """One row: who is reminded, so many `days` ahead. `kind` names it, and stands in stored ids: never change one.

    `aim`: what the facts have to be reminded of; nothing where they have nothing. `hours`: so many before `until`,
    whatever the clock says then.
    """

    kind: str
    days: tuple[int, ...]
    line: Line
    aim: Callable[[Facts], Aim | None]
    hours: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moment:
    """One moment at which somebody is to be reminded, unless it is `until` by then."""

    kind: str
    anchor: str
    at: datetime
    until: datetime

    def id_in(self, reminder_id: str) -> str:
        """The id of the command that its timer gives (`chassis.timers`): one for document, kind and moment."""
        return derived(reminder_id, self.kind, self.at.isoformat())


def moments(row: Row, facts: Facts) -> Iterator[Moment]:
    """Those of a row, in its order."""
    if aim := row.aim(facts):
        at_hour = (last_hour(aim.day - timedelta(days=days), aim.zones) for days in row.days)
        for at in (*at_hour, *(aim.until - timedelta(hours=hours) for hours in row.hours)):
            if at < aim.until:
                yield Moment(row.kind, aim.anchor, at, aim.until)


def last_hour(day: date, zones: tuple[str, ...]) -> datetime:
    """The moment, UTC, from which on it has been `HOUR` of that day in every zone."""
    return max(datetime.combine(day, HOUR, zone_named(zone)).astimezone(UTC) for zone in zones)


def end_of(day: date, zone: str) -> datetime:
    """The moment, UTC, at which a day is over in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone_named(zone)).astimezone(UTC)
