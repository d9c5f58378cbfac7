"""Time zones as calendar files carry them, and as calendar programs call them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from chassis.kernel.zones import zone_named
from services.exchange.domain.refusals import UnknownZone


class _Thorough(Timezone):
    """The library looks two months ahead for the next change of clocks, and misses Morocco's month of Ramadan."""

    _from_tzinfo_skip_search = [timedelta(days=7), timedelta(hours=12), timedelta(minutes=15), timedelta(seconds=1)]  # noqa: RUF012


def timezone_of(zone: str, first: datetime, last: datetime) -> Timezone | None:
    """The VTIMEZONE that explains the zone's times from `first` to well after `last`; UTC needs none.

    Some programs keep the first that they see of a zone, and read later files by it.
    """
    return None if zone == "UTC" else _timezone(zone, first.year - 1, last.year + 10)


@lru_cache(maxsize=256)
def _timezone(zone: str, first: int, last: int) -> Timezone:
    explained = _Thorough.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last, 1, 1))
    for change in explained.subcomponents:
        # One to a line: of several in one, ical.js (Thunderbird) takes the first alone, and is wrong from then on.
        changes = change.pop("RDATE", None)
        for moment in changes.dts if changes else ():
            change.add("RDATE", [moment.dt])
    return explained


def zone_of(tzid: str) -> ZoneInfo:
    """The zone that a calendar program means: by its IANA name, Windows' name for it, or with a vendor's path before.

    Raises `UnknownZone`.
    """
    name = WINDOWS_TO_OLSON.get(tzid, tzid)
    if name.startswith("/"):
        name = "/".join(name.split("/")[-2:])
    try:
        return zone_named(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(zone=tzid[:100]) from None
