"""National holidays from the `holidays` library.

China's working year is decreed each autumn for the next: until the library has the decree, with its make-up workdays,
everything in that year is provisional. Days that follow the moon are provisional while the library marks them as
estimated. It tells the names in English, China's in Chinese and Pakistan's in Urdu; a make-up workday has none there
and is named here, after the day off that it makes up for. It knows no regions: what Xinjiang adds is for each site's
own calendar.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import holidays as library

from services.exchange.domain.holidays import Calendar, Holiday

LANGUAGES = {"en": "en_US", "zh": "zh_CN", "ur": "ur_PK"}
"""Our languages as the library calls them."""
MAKE_UP = {
    "en": "Make-up workday for {}",
    "zh": "调休工作日（对应 {} 休息）",
    "ur": "{} کی چھٹی کے بدلے کام کا دن",
}
"""A workday on a weekend, by the day off for which it is worked."""
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
    return MappingProxyType(dict(sorted({**off, **_made_up(english, year)}.items())))


def _made_up(found: library.HolidayBase, year: int) -> dict[date, Holiday]:
    """The year's make-up workdays, some of them for a day off in the year before or the next."""
    rests = dict(_rests(found))
    return {day: _make_up(rests[day]) for day in found.weekend_workdays if day.year == year}


def _rests(found: library.HolidayBase) -> Iterator[tuple[date, date]]:
    """Each make-up workday and its day off.

    The library writes `(month, day off, month, workday[, the workday's year])`, and `(month, day, name)` for a holiday
    that nobody makes up for; a year's only one stands without a tuple around.
    """
    table: Mapping[int, Sequence[Any]] = getattr(found, "special_public_holidays", {})
    for year, written in table.items():
        for each in written if isinstance(written[0], Sequence) else (written,):
            if len(each) > 3:
                worked = date(*each[4:] or (year,), *each[2:4])
                yield worked, date(year, *each[:2])


def _make_up(rest: date) -> Holiday:
    names = {code: text.format(rest.isoformat()) for code, text in MAKE_UP.items()}
    return Holiday(names["en"], works=True, names=names)


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
