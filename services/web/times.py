"""Instants and days as people read them: an instant in the local time of each end, a day as a calendar has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_interval, format_skeleton, format_time
from flask_babel import gettext as _

from chassis.kernel.zones import zone_named
from services.web.languages import format_locale


@dataclass(frozen=True)
class End:
    """One end of an exchange: `label` says which (host, sending site), `name` the hospital, `zone` its IANA zone."""

    label: str
    name: str
    zone: str


UTC_END = End("UTC", "UTC", "UTC")
"""Stands in while nobody says which zones the sites keep."""


@dataclass(frozen=True)
class Moment:
    """An instant at one end, or at several that keep the same time; `label` says at which."""

    text: str
    label: str
    is_first: bool


def read_instant(text: str) -> datetime:
    """An aware instant from the ISO text of a service's answer."""
    return datetime.fromisoformat(text)


def moments(instant: str, ends: Sequence[End]) -> list[Moment]:
    """The instant at each end; ends that keep the same time share one, and a day already written is not repeated."""
    there: dict[datetime, list[str]] = {}
    for end in ends:
        local = read_instant(instant).astimezone(zone_named(end.zone)).replace(tzinfo=None)
        there.setdefault(local, []).append(end.label)
    first, *_ = there or [None]
    return [
        Moment(_written(local, beside=first), " · ".join(labels), is_first=local == first)
        for local, labels in there.items()
    ]


def _written(local: datetime, beside: datetime | None) -> str:
    time = format_time(local, "HH:mm", locale=format_locale())
    follows = beside is not None and beside != local and beside.date() == local.date()
    return time if follows else f"{day(local.date().isoformat())} {time}"


def offset(zone: str, at: datetime) -> str:
    """How far the zone is from UTC at that moment: `UTC+5`, `UTC+5:30`."""
    shift = at.astimezone(zone_named(zone)).utcoffset()
    minutes = int(shift.total_seconds() // 60) if shift else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def day(text: str | None) -> str:
    """A calendar day: `2 Dec 2026`; nothing for nothing."""
    return format_date(date.fromisoformat(text[:10]), "medium", locale=format_locale()) if text else ""


def weekday(local: str) -> str:
    """The day of a local time with its day of the week: `Tue, 10 Mar 2026`."""
    return str(format_skeleton("yMMMEd", read_instant(local).replace(tzinfo=None), locale=format_locale()))


def hours(begins: str, ends: str) -> str:
    """From when until when, by a site's own clock: `14:00–15:00`; an end on another day is told with its day."""
    over = hour(ends) if begins[:10] == ends[:10] else clock(ends)
    return f"{hour(begins)}–{over}"


def clock(local: str) -> str:
    """A local time as its own clock has it: `10 Mar 2026 14:00`."""
    return f"{day(local)} {hour(local)}"


def hour(local: str) -> str:
    """The time of day of a local time: `14:00`."""
    return str(format_time(read_instant(local).replace(tzinfo=None), "HH:mm", locale=format_locale()))


def days(first: str, last: str) -> str:
    """A stretch of calendar days: `2–13 Dec 2026`."""
    return str(format_interval(date.fromisoformat(first), date.fromisoformat(last), "yMMMd", locale=format_locale()))


def length(first: str, last: str) -> int:
    """How many calendar days, both ends counted."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def duration(minutes: int) -> str:
    """`1:30 h`."""
    return str(_("%(hours)d:%(minutes)02d h", hours=minutes // 60, minutes=minutes % 60))
