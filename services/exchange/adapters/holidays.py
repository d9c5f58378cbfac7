"""National holidays from the `holidays` library.

China's working year is decreed each autumn for the next: until the library has the decree, with its make-up workdays,
everything in that year is provisional. Days that follow the moon are provisional while the library marks them as
estimated. It knows no regions: what Xinjiang adds is for each site's own calendar.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import holidays as library

from services.exchange.domain.holidays import Calendar, Holiday

ESTIMATED = " (estimated)"
"""How the library marks an estimate in English."""
MAKE_UP = "Make-up workday"
_AMERICAN_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


class NationalCalendars:
    """`Calendars` of every country that the library knows; it computes each year once."""

    def days(self, country: str, year: int) -> Calendar:
        return _days(country, year)


@cache
def _days(country: str, year: int) -> Calendar:
    if country not in library.list_supported_countries():
        return MappingProxyType({})
    found = _in_english(country, year)
    undecreed = _is_undecreed(found, year)
    off = {day: _holiday(found.get_list(day), undecreed=undecreed) for day in found}
    made_up = {day: Holiday(MAKE_UP, works=True) for day in found.weekend_workdays if day.year == year}
    return MappingProxyType(dict(sorted({**off, **made_up}.items())))


def _in_english(country: str, year: int) -> library.HolidayBase:
    spoken = library.list_localized_countries().get(country, [])
    return library.country_holidays(country, years=year, language="en_US" if "en_US" in spoken else None)


def _is_undecreed(found: library.HolidayBase, year: int) -> bool:
    decreed: Mapping[int, object] = getattr(found, "special_public_holidays", {})
    return found.country == "CN" and year > max(decreed)


def _holiday(names: list[str], *, undecreed: bool) -> Holiday:
    """One day of possibly several holidays: certain as soon as one of them is."""
    estimated = all(name.endswith(ESTIMATED) for name in names)
    together = "; ".join(name.removesuffix(ESTIMATED) for name in names)
    return Holiday(_AMERICAN_DAY.sub(r"\3-\1-\2", together), provisional=estimated or undecreed)
