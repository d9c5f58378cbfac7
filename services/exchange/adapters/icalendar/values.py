"""What an event holds, typed here: given plain values, the library finds out the type of each anew."""

from datetime import UTC, date, datetime
from functools import lru_cache

from icalendar import Event, vDate, vDatetime, vInt, vText
from icalendar.prop import VPROPERTY

from chassis.kernel.zones import zone_named
from services.exchange.adapters.icalendar.texts import plain


def put(event: Event, name: str, value: VPROPERTY) -> None:
    """One line more."""
    event.add(name, value, encode=False)


def text(said: str) -> vText:
    return vText(plain(said))


number = lru_cache(maxsize=1024)(vInt)
word = lru_cache(maxsize=1024)(text)
"""Of the few that stand in many events. Nobody writes into a value."""


def utc(moment: datetime) -> vDatetime:
    return vDatetime(moment.astimezone(UTC))


def at(moment: datetime, zone: str) -> vDatetime:
    """By the clock of the zone."""
    return vDatetime(moment.astimezone(zone_named(zone)))


def day(of: date) -> vDate:
    """A whole one, wherever it is read."""
    return vDate(of, params={"VALUE": "DATE"})
