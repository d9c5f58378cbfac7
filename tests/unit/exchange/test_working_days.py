"""When a site works: by weekday and season, with Ramadan's own dates, Friday's prayer and days of its own."""

from datetime import date
from typing import Any

import pytest

from services.exchange.domain import site_calendar
from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.directory_refusals import (
    HolidayNamedTwice,
    HoursOutOfOrder,
    NoSuchHoliday,
    SeasonReversed,
    SeasonsOverlap,
)
from services.exchange.domain.working_days import is_working_day, open_hours
from tests.unit.exchange import given

LATE = (("10:00", "14:00"), ("16:00", "20:00"))
"""Kashgar keeps Beijing time and begins two hours later."""
FRIDAY = (("08:00", "12:30"), ("14:30", "17:00"))
"""With a gap for the Friday prayer."""
DAY = (("08:00", "14:00"),)

WINTER = Season("winter", "10-16", "04-15", dict.fromkeys(range(1, 6), (("10:30", "19:30"),)))
SUMMER = Season("summer", "04-16", "10-15", dict.fromkeys(range(1, 6), LATE))
YEAR = Season("the year", "01-01", "12-31", dict.fromkeys((1, 2, 3, 4, 6), DAY) | {5: FRIDAY})
RAMADAN = Season("Ramadan", "2026-02-18", "2026-03-19", dict.fromkeys(range(1, 6), (("08:00", "12:00"),)))

MONDAY, FRIDAY_DAY, SATURDAY, SUNDAY = (date(2026, 6, day) for day in (1, 5, 6, 7))


def test_a_site_that_told_no_hours_works_from_monday_to_friday_at_hours_nobody_knows() -> None:
    assert [is_working_day(given.site(), day) for day in (MONDAY, FRIDAY_DAY, SATURDAY, SUNDAY)] == [1, 1, 0, 0]
    assert open_hours(given.site(), MONDAY) == ()


def test_friday_has_its_gap_and_saturday_works_where_the_site_says_so() -> None:
    gilgit = given.site(hours=(YEAR,))
    assert open_hours(gilgit, FRIDAY_DAY) == FRIDAY
    assert open_hours(gilgit, SATURDAY) == DAY
    assert not is_working_day(gilgit, SUNDAY)
    assert open_hours(gilgit, SUNDAY) == ()


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 4, 15), (("10:30", "19:30"),)),
        (date(2026, 4, 16), LATE),
        (date(2026, 10, 15), LATE),
        (date(2026, 10, 16), (("10:30", "19:30"),)),
        (date(2027, 1, 1), (("10:30", "19:30"),)),
    ],
)
def test_a_season_of_every_year_may_run_over_the_new_year(day: date, hours: Any) -> None:
    assert open_hours(given.site(hours=(WINTER, SUMMER)), day) == hours


def test_ramadan_goes_before_the_year_on_its_own_dates_alone() -> None:
    gilgit = given.site(hours=(YEAR, RAMADAN))
    assert open_hours(gilgit, date(2026, 2, 18)) == (("08:00", "12:00"),)
    assert open_hours(gilgit, date(2026, 3, 20)) == FRIDAY
    assert open_hours(gilgit, date(2027, 2, 18)) == DAY
    assert not is_working_day(gilgit, date(2026, 2, 21)), "a Saturday, on which Ramadan's week is off"


def test_the_sites_own_days_go_before_the_weekday() -> None:
    kashgar = given.site(
        hours=(SUMMER, WINTER), holidays=(OwnHoliday(MONDAY, "Corban"), OwnHoliday(SUNDAY, "Make-up", works=True))
    )
    assert not is_working_day(kashgar, MONDAY)
    assert open_hours(kashgar, MONDAY) == ()
    assert is_working_day(kashgar, SUNDAY)
    assert open_hours(kashgar, SUNDAY) == LATE, "the hours of the week's first working day"


def test_a_leap_day_belongs_to_its_season() -> None:
    site = given.site(hours=(Season("leap", "02-29", "03-01", {4: DAY}),))
    assert open_hours(site, date(2024, 2, 29)) == DAY
    assert not is_working_day(given.site(hours=(Season("all", "01-01", "12-31", {1: DAY}),)), date(2024, 2, 29))


def test_hours_replace_those_before_and_the_decision_says_so() -> None:
    decision = site_calendar.set_hours(given.site(hours=(YEAR,)), [WINTER, SUMMER, RAMADAN])
    assert decision.state.hours == (WINTER, SUMMER, RAMADAN)
    assert (decision.what, decision.events) == ("hours set", ())
    assert site_calendar.set_hours(decision.state, []).state.hours == ()


@pytest.mark.parametrize(
    ("seasons", "names"),
    [
        ((YEAR, WINTER), ["the year", "winter"]),
        ((WINTER, Season("new year", "12-31", "01-01", {})), ["winter", "new year"]),
        ((RAMADAN, Season("Eid", "2026-03-19", "2026-03-21", {})), ["Ramadan", "Eid"]),
        ((Season("leap", "02-29", "02-29", {}), YEAR), ["leap", "the year"]),
    ],
)
def test_seasons_of_one_kind_that_share_a_day_are_refused(seasons: tuple[Season, ...], names: list[str]) -> None:
    with pytest.raises(SeasonsOverlap) as refused:
        site_calendar.set_hours(given.site(), seasons)
    assert refused.value.facts == {"seasons": names}


def test_a_season_of_one_year_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SeasonReversed) as refused:
        site_calendar.set_hours(given.site(), [Season("Ramadan", "2026-03-19", "2026-02-18", {})])
    assert refused.value.facts == {"season": "Ramadan", "first": "2026-03-19", "last": "2026-02-18"}


@pytest.mark.parametrize(
    "hours", [(("17:00", "08:00"),), (("08:00", "08:00"),), (("08:00", "13:00"), ("12:00", "17:00"))]
)
def test_hours_that_are_out_of_order_are_refused(hours: Any) -> None:
    with pytest.raises(HoursOutOfOrder) as refused:
        site_calendar.set_hours(given.site(), [Season("all", "01-01", "12-31", {3: hours})])
    assert (refused.value.facts["season"], refused.value.facts["weekday"]) == ("all", 3)


def test_a_day_and_night_service_is_open_until_midnight() -> None:
    whole = Season("all", "01-01", "12-31", dict.fromkeys(range(1, 8), (("00:00", "24:00"),)))
    assert open_hours(site_calendar.set_hours(given.site(), [whole]).state, SUNDAY) == (("00:00", "24:00"),)


def test_holidays_stand_in_order_and_each_day_once() -> None:
    one = site_calendar.add_holiday(given.site(), OwnHoliday(SUNDAY, "Make-up", works=True))
    two = site_calendar.add_holiday(one.state, OwnHoliday(MONDAY, "Corban"))
    assert [each.day for each in two.state.holidays] == [MONDAY, SUNDAY]
    assert (one.what, two.what) == ("workday 2026-06-07 added", "holiday 2026-06-01 added")
    with pytest.raises(HolidayNamedTwice) as refused:
        site_calendar.add_holiday(two.state, OwnHoliday(MONDAY, "Again"))
    assert refused.value.facts == {"date": "2026-06-01"}


def test_a_removed_holiday_is_a_day_as_any_other() -> None:
    site = given.site(holidays=(OwnHoliday(MONDAY, "Corban"),))
    assert is_working_day(site_calendar.remove_holiday(site, MONDAY).state, MONDAY)
    with pytest.raises(NoSuchHoliday):
        site_calendar.remove_holiday(site, SUNDAY)
