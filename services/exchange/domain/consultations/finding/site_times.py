"""What each quarter of an hour is at a site: working hours, night, a day off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding.bits import Grid
from services.exchange.domain.consultations.finding.rules import DEFAULT_HOURS, HOLIDAY, SOCIAL_HOURS, WEEKEND
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.site import Site
from services.exchange.domain.working_days import is_working_day, usual_hours

DAY = timedelta(days=1)


@dataclass(frozen=True)
class SiteTimes:
    """Sets of quarters. `usual`: hours that would be worked if every day were; `hours`: those that are.

    `night`: neither social nor working hours. `provisional`: of days that may become holidays.
    """

    usual: int
    hours: int
    night: int
    holiday: int
    weekend: int
    provisional: int


def site_times(site: Site, calendar: Calendar, grid: Grid) -> SiteTimes:
    """Day by day, by the site's own clock."""
    usual = social = holiday = weekend = provisional = 0
    for day in local_days(site.zone, grid):
        whole = grid.within(site.moment_of(day, "00:00"), site.moment_of(day, "24:00"))
        off = day_off(site, calendar, day)
        holiday |= whole if off == HOLIDAY else 0
        weekend |= whole if off == WEEKEND else 0
        provisional |= whole if is_provisional(calendar, day) else 0
        social |= grid.within(*(site.moment_of(day, at) for at in SOCIAL_HOURS))
        for opens, closes in usual_hours(site, day) or DEFAULT_HOURS:
            usual |= grid.within(site.moment_of(day, opens), site.moment_of(day, closes))
    hours = usual & ~holiday & ~weekend
    return SiteTimes(usual, hours, grid.all & ~social & ~hours, holiday, weekend, provisional)


def local_days(zone: str, grid: Grid) -> Iterator[date]:
    """Every day in the zone that the grid touches."""
    last = grid.at(grid.quarters).astimezone(zone_named(zone)).date()
    day = grid.begins.astimezone(zone_named(zone)).date()
    while day <= last:
        yield day
        day += DAY


def day_off(site: Site, calendar: Calendar, day: date) -> str | None:
    """The rule that forbids the day; what nobody has decreed yet forbids nothing."""
    entry = calendar.get(day)
    if entry and not entry.provisional:
        return None if entry.works else HOLIDAY
    return None if is_working_day(site, day) else WEEKEND


def is_provisional(calendar: Calendar, day: date) -> bool:
    """Whether the day may become a holiday."""
    entry = calendar.get(day)
    return entry is not None and entry.provisional and not entry.works
