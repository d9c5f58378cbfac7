"""Public holidays, and whether a site works on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.exchange.domain.site import Site
from services.exchange.domain.working_days import is_working_day


@dataclass(frozen=True)
class Holiday:
    """A day that is not what its weekday says: a holiday, or with `works` a make-up workday on a weekend.

    `provisional`: nobody has decreed the day yet, or it follows the moon and is an estimate.
    `names`: the same name by language (`en`, `zh`, `ur`), in those in which it is known; a site's own day has none.
    """

    name: str
    provisional: bool = False
    works: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


Calendar = Mapping[date, Holiday]
"""Every such day of a country or a site, within the years that were asked for."""


def calendar_of(site: Site, national: Calendar) -> Calendar:
    """The country's days with the site's own put over them: a site may work on a holiday, and rest on a workday."""
    return {**national, **{own.day: Holiday(own.name, works=own.works) for own in site.holidays}}


def is_weekend(site: Site, calendar: Calendar, day: date) -> bool:
    """Whether the site rests on the day for its weekday alone: no holiday, and no make-up workday."""
    return day not in calendar and not is_working_day(site, day)


def works(site: Site, calendar: Calendar, day: date) -> bool:
    """Whether the site works on the day."""
    return calendar[day].works if day in calendar else not is_weekend(site, calendar, day)
