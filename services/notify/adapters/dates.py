"""Days and moments as people read them: a day as the host's calendar has it, a moment in a place's own time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_interval, format_skeleton, get_datetime_format

from chassis.kernel.zones import zone_named

Facts = Mapping[str, Any]


def day(text: str, locale: Locale) -> str:
    """One calendar day with its weekday: `Mon, 4 May 2026`."""
    return str(format_skeleton("yMMMEd", date.fromisoformat(text), locale=locale))


def days(first: str, last: str, locale: Locale) -> str:
    """A stretch of calendar days, both ends included: `4–15 May 2026`."""
    return str(format_interval(date.fromisoformat(first), date.fromisoformat(last), "yMMMd", locale=locale))


def moment(instant: str, zone: str, locale: Locale) -> str:
    """An instant as the clocks of a zone show it: `Mon, 16 Feb 2026, 12:30`."""
    local = datetime.fromisoformat(instant).astimezone(zone_named(zone))
    glue = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    if locale.language == "ur":
        # Its days end with the year, which would run into the hour.
        glue = glue.replace(" ", "، ")
    return glue.replace("{1}", day(local.date().isoformat(), locale)).replace("{0}", f"{local:%H:%M}")


def until(ends: str, begins: str, zone: str, locale: Locale) -> str:
    """When something ends, as the clocks of a zone show it; with its day only where that is another one."""
    first, last = (datetime.fromisoformat(each).astimezone(zone_named(zone)) for each in (begins, ends))
    return f"{last:%H:%M}" if first.date() == last.date() else moment(ends, zone, locale)


def same_time(instant: str, zones: Sequence[str]) -> bool:
    """Whether the clocks of all the zones show the same at that instant."""
    at = datetime.fromisoformat(instant)
    return len({at.astimezone(zone_named(zone)).utcoffset() for zone in zones}) == 1
