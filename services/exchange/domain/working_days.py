"""When a site works, by its own data alone: whoever asks about a day adds the national holidays themselves."""

from datetime import date

from services.exchange.domain.calendar import Opening, OwnHoliday, Season
from services.exchange.domain.site import Site

WORKWEEK = range(1, 6)
"""Monday to Friday: what a site that has told no hours is taken to work."""


def own_holiday(site: Site, day: date) -> OwnHoliday | None:
    """The site's own entry for the day: a day off, or a make-up workday."""
    return next((entry for entry in site.holidays if entry.day == day), None)


def season_on(site: Site, day: date) -> Season | None:
    """The season whose hours hold on the day: one with dates of its own (Ramadan) goes before one of every year."""
    covering = [season for season in site.hours if season.covers(day)]
    return min(covering, key=lambda season: not season.is_dated, default=None)


def is_working_day(site: Site, day: date) -> bool:
    """Whether the site works on the day; its own holidays and make-up days go before the weekday."""
    if entry := own_holiday(site, day):
        return entry.works
    season = season_on(site, day)
    if season is None:
        return day.isoweekday() in WORKWEEK
    return bool(season.weekdays.get(day.isoweekday()))


def open_hours(site: Site, day: date) -> tuple[Opening, ...]:
    """From and to as `HH:MM` at the site, in order; empty on a day off, and where the site has told no hours."""
    return usual_hours(site, day) if is_working_day(site, day) else ()


def usual_hours(site: Site, day: date) -> tuple[Opening, ...]:
    """The hours that the day has if it is worked, whoever says so; empty where the site has told none.

    A make-up day on which the weekday has no hours takes those of the week's first day that has some.
    """
    season = season_on(site, day)
    if season is None:
        return ()
    if hours := season.weekdays.get(day.isoweekday()):
        return hours
    return next((season.weekdays[each] for each in sorted(season.weekdays) if season.weekdays[each]), ())
