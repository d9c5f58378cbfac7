"""Time zones as calendar files carry them, and as calendar programs call them."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from services.exchange.domain.refusals import UnknownZone


def timezone_of(zone: str, first: datetime, last: datetime) -> Timezone | None:
    """The VTIMEZONE that explains the zone's times from `first` to `last`; UTC needs none."""
    return None if zone == "UTC" else _timezone(zone, first.year - 1, last.year + 2)


@lru_cache(maxsize=256)
def _timezone(zone: str, first: int, last: int) -> Timezone:
    return Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last, 1, 1))


def zone_of(tzid: str) -> ZoneInfo:
    """The zone that a calendar program means: by its IANA name, Windows' name for it, or with a vendor's path before.

    Raises `UnknownZone`.
    """
    name = WINDOWS_TO_OLSON.get(tzid, tzid)
    if name.startswith("/"):
        name = "/".join(name.split("/")[-2:])
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(zone=tzid[:100]) from None
