"""A time of day that somebody types, by the clock of a place, as the instant that it is."""

from datetime import UTC, date, datetime, time

from chassis.kernel.zones import zone_named


class NotATime(ValueError):
    """Base: what was typed is no single instant there."""


class NeverThere(NotATime):
    """The clocks of the zone leave this time out: they are put forward over it."""


class TwiceThere(NotATime):
    """The clocks of the zone show this time twice: they are put back."""


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant, with the zone's offset. Raises `NeverThere`, `TwiceThere`."""
    there = zone_named(zone)
    earlier = datetime.combine(day, at, there)
    if earlier.utcoffset() == earlier.replace(fold=1).utcoffset():
        return earlier
    # PEP 495: in a gap and in a fold alike the two readings differ; only what a fold shows comes back as it was.
    comes_back = earlier.astimezone(UTC).astimezone(there).replace(tzinfo=None) == earlier.replace(tzinfo=None)
    raise TwiceThere if comes_back else NeverThere
