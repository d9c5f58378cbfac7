"""Which hours are worked on a day that the country decrees: who looks for a time and who is free are told the same."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.consultations.finding.bits import Grid, each
from services.exchange.domain.consultations.finding.site_times import site_times
from services.exchange.domain.consultations.quarters import quarters
from services.exchange.domain.diary.times import free
from services.exchange.domain.holidays import Calendar, Holiday, calendar_of
from services.exchange.domain.site import Site
from services.exchange.domain.working_days import usual_hours
from tests.unit.exchange import given

LONG, SHORT = (("10:00", "13:30"), ("15:30", "24:00")), (("10:00", "12:00"),)
WEEK = Season("all year", "01-01", "12-31", dict.fromkeys(range(1, 5), LONG) | {5: SHORT})
SUNDAY, DAY_OFF, WORKED, RESTED = (date(2026, 4, day) for day in (5, 6, 12, 15))
"""A make-up workday for the Monday after it; a Sunday and a Wednesday on which the site keeps days of its own."""
NATIONAL: Calendar = {SUNDAY: Holiday("Made up", works=True), DAY_OFF: Holiday("Tomb Sweeping")}
OWN = (OwnHoliday(WORKED, "For the Wednesday", works=True), OwnHoliday(RESTED, "Rest"))
KASHGAR = given.site(hours=(WEEK,), holidays=OWN)
DAYS = [date(2026, 4, 1) + timedelta(days=number) for number in range(21)]
GRID = Grid(datetime(2026, 3, 31, 16, tzinfo=UTC), len(DAYS) * 96)
"""All of these days in Kashgar."""


def free_quarters(site: Site, national: Calendar, days: list[date]) -> list[datetime]:
    times = free([], "per_zhang", site, calendar_of(site, national), days)
    return [quarter for time in times for quarter in quarters(time.begins, time.ends)]


def found_quarters(site: Site, national: Calendar) -> list[datetime]:
    return [GRID.at(quarter) for quarter in each(site_times(site, calendar_of(site, national), GRID).hours)]


@pytest.mark.parametrize("national", [{}, NATIONAL], ids=["no decree", "a decree"])
def test_who_is_not_booked_is_free_in_the_hours_in_which_a_time_is_looked_for(national: Calendar) -> None:
    assert free_quarters(KASHGAR, national, DAYS) == found_quarters(KASHGAR, national)


def test_on_a_make_up_workday_of_the_country_s_people_are_free() -> None:
    assert len(free_quarters(KASHGAR, NATIONAL, [SUNDAY])) == 4 * 12
    assert free_quarters(KASHGAR, NATIONAL, [DAY_OFF]) == []


def test_a_weekday_without_hours_has_those_of_the_first_day_that_has_some() -> None:
    thursday, friday = date(2026, 4, 9), date(2026, 4, 10)
    assert [usual_hours(KASHGAR, day) for day in (thursday, friday, SUNDAY)] == [LONG, SHORT, LONG]
    assert usual_hours(given.site(), SUNDAY) == ()
