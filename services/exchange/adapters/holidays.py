"""National holidays from the `holidays` library.

China's working year is decreed each autumn for the next: until the library has the decree, with its make-up workdays,
everything in that year is provisional. Days that follow the moon are provisional while the library marks them as
estimated. It tells the names in English, China's in Chinese and Pakistan's in Urdu. It knows no regions: what Xinjiang
adds is for each site's own calendar.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays as library

from services.exchange.domain.holidays import Calendar, Holiday

LANGUAGES = {"en": "en_US", "zh": "zh_CN", "ur": "ur_PK"}
"""Our languages as the library calls them."""
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
    spoken = {code: found for code in LANGUAGES if (found := _in_language(country, year, code))}
    english = spoken.get("en") or library.country_holidays(country, years=year)
    undecreed = _is_undecreed(english, year)
    off = {day: _holiday(day, english, spoken, undecreed=undecreed) for day in english}
    made_up = {day: Holiday(MAKE_UP, works=True) for day in english.weekend_workdays if day.year == year}
    return MappingProxyType(dict(sorted({**off, **made_up}.items())))


def _in_language(country: str, year: int, code: str) -> library.HolidayBase | None:
    """The year in one of our languages; `None` where the library does not have the country in it."""
    if LANGUAGES[code] not in library.list_localized_countries().get(country, []):
        return None
    return library.country_holidays(country, years=year, language=LANGUAGES[code])


def _is_undecreed(found: library.HolidayBase, year: int) -> bool:
    decreed: Mapping[int, object] = getattr(found, "special_public_holidays", {})
    return found.country == "CN" and year > max(decreed)


def _holiday(
    day: date, english: library.HolidayBase, spoken: Mapping[str, library.HolidayBase], *, undecreed: bool
) -> Holiday:
    """One day of possibly several holidays: certain as soon as one of them is."""
    estimated = all(name.endswith(_mark(english)) for name in english.get_list(day))
    names = {code: _together(found, day) for code, found in spoken.items()}
    return Holiday(_together(english, day), provisional=estimated or undecreed, names=names)


def _together(found: library.HolidayBase, day: date) -> str:
    """The day's names in one language, without the mark of an estimate."""
    together = "; ".join(name.removesuffix(_mark(found)) for name in found.get_list(day))
    return _AMERICAN_DAY.sub(r"\3-\1-\2", together)


def _mark(found: library.HolidayBase) -> str:
    """How the library marks an estimate in the language, such as ` (estimated)`."""
    return str(found.tr(getattr(found, "estimated_label", "%s (estimated)"))).removeprefix("%s")
