"""Public holidays, and whether a site works on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.exchange.domain.site import Site

SATURDAY = 6


@dataclass(frozen=True)
class Holiday:
    """A day that is not what its weekday says: a holiday, or with `works` a make-up workday on a weekend.

    `provisional`: nobody has decreed the day yet, or it follows the moon and is an estimate.
    """

    name: str
    provisional: bool = False
    works: bool = False


Calendar = Mapping[date, Holiday]
"""Every such day of a country or a site, within the years that were asked for."""


def calendar_of(site: Site, national: Calendar) -> Calendar:
    """The country's days with the site's own put over them: a site may work on a holiday, and rest on a workday."""
    return {**national, **{own.day: Holiday(own.name, works=own.works) for own in site.holidays}}


def is_weekend(site: Site, calendar: Calendar, day: date) -> bool:
    """Whether the site rests on the day for its weekday alone: no holiday, and no make-up workday.

    The weekdays are those of the site's season, a dated one (Ramadan) before a yearly one; a site that has told
    no hours rests on Saturday and Sunday.
    """
    if day in calendar:
        return False
    seasons = sorted((season for season in site.hours if season.covers(day)), key=lambda season: not season.is_dated)
    if seasons:
        return not seasons[0].weekdays.get(day.isoweekday())
    return day.isoweekday() >= SATURDAY


def works(site: Site, calendar: Calendar, day: date) -> bool:
    """Whether the site works on the day."""
    return calendar[day].works if day in calendar else not is_weekend(site, calendar, day)
