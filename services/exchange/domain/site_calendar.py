"""Changes to a site's own calendar: hours that make sense, holidays that are there once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

from chassis.kernel.decision import Decision
from services.exchange.domain.calendar import Opening, OwnHoliday, Season
from services.exchange.domain.directory_refusals import (
    HolidayNamedTwice,
    HoursOutOfOrder,
    NoSuchHoliday,
    SeasonReversed,
    SeasonsOverlap,
)
from services.exchange.domain.site import Site

_SAMPLE_YEAR = "2000-"
"""A leap year, so that a season may begin on 29 February."""


def set_hours(site: Site, seasons: Sequence[Season]) -> Decision[Site]:
    """The site works by these seasons from now on. Raises `SeasonReversed`, `SeasonsOverlap`, `HoursOutOfOrder`."""
    for season in seasons:
        _must_make_sense(season)
    for one, other in combinations(seasons, 2):
        if one.is_dated == other.is_dated and _meet(one, other):
            raise SeasonsOverlap(seasons=[one.name, other.name])
    return Decision(replace(site, hours=tuple(seasons)), what="hours set")


def add_holiday(site: Site, holiday: OwnHoliday) -> Decision[Site]:
    """A day off, or a make-up workday, of the site's own. Raises `HolidayNamedTwice`."""
    if any(kept.day == holiday.day for kept in site.holidays):
        raise HolidayNamedTwice(date=holiday.day.isoformat())
    holidays = tuple(sorted((*site.holidays, holiday), key=lambda each: each.day))
    kind = "workday" if holiday.works else "holiday"
    return Decision(replace(site, holidays=holidays), what=f"{kind} {holiday.day.isoformat()} added", why=holiday.name)


def remove_holiday(site: Site, day: date) -> Decision[Site]:
    """The day is as any other again. Raises `NoSuchHoliday`."""
    left = tuple(kept for kept in site.holidays if kept.day != day)
    if left == site.holidays:
        raise NoSuchHoliday(date=day.isoformat())
    return Decision(replace(site, holidays=left), what=f"holiday {day.isoformat()} removed")


def _must_make_sense(season: Season) -> None:
    if season.is_dated and season.last < season.first:
        raise SeasonReversed(season=season.name, first=season.first, last=season.last)
    for weekday, hours in season.weekdays.items():
        _must_be_in_order(season.name, weekday, hours)


def _must_be_in_order(season: str, weekday: int, hours: Sequence[Opening]) -> None:
    ends_late = any(opens >= closes for opens, closes in hours)
    if ends_late or any(before[1] > after[0] for before, after in pairwise(hours)):
        raise HoursOutOfOrder(season=season, weekday=weekday, hours=[list(each) for each in hours])


def _meet(one: Season, other: Season) -> bool:
    # Two stretches of days meet where one of them begins within the other.
    return _begins_within(one, other) or _begins_within(other, one)


def _begins_within(season: Season, other: Season) -> bool:
    first = season.first if season.is_dated else _SAMPLE_YEAR + season.first
    return other.covers(date.fromisoformat(first))
