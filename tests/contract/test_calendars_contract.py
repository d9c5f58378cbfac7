"""National calendars: what the library tells and what a test writes are told in one way."""

import re
from datetime import date

import pytest

from services.exchange.adapters.holidays import NationalCalendars
from services.exchange.application.ports.directory import Calendars
from services.exchange.domain.holidays import Calendar, Holiday
from tests.fakes.exchange import FakeCalendars


def holiday(english: str, provisional: bool = False, **names: str) -> Holiday:
    """A holiday with its name in another language, too."""
    return Holiday(english, provisional=provisional, names={"en": english, **names})


def make_up(rest: str) -> Holiday:
    """A workday on a weekend for the day off, in each of our languages."""
    names = {
        "en": f"Make-up workday for {rest}",
        "zh": f"调休工作日（对应 {rest} 休息）",
        "ur": f"{rest} کی چھٹی کے بدلے کام کا دن",
    }
    return Holiday(names["en"], works=True, names=names)


NATIONAL_DAY = {
    date(2026, 9, 20): make_up("2026-10-06"),
    **{date(2026, 10, day): holiday("National Day", zh="国庆节") for day in (1, 2, 3)},
    date(2026, 10, 5): holiday("National Day (observed)", zh="国庆节（补假）"),
    date(2026, 10, 6): holiday("Day off (substituted from 2026-09-20)", zh="休息日（由 2026-09-20 调休）"),
    date(2026, 10, 7): holiday("Day off (substituted from 2026-10-10)", zh="休息日（由 2026-10-10 调休）"),
    date(2026, 10, 10): make_up("2026-10-07"),
}
"""What the State Council decreed for 2026: 1 to 7 October off, two weekend days made up. The 4th is a Sunday."""
EID = {date(2027, 3, day): holiday("Eid al-Fitr", provisional=True, ur="عید الفطر") for day in (10, 11, 12)}
"""Until the moon is seen, an estimate."""
PAKISTAN_DAY = {date(year, 3, 23): holiday("Pakistan Day", ur="یوم پاکستان") for year in (2026, 2027)}


@pytest.fixture(params=["written by a test", "from the library"])
def calendars(request: pytest.FixtureRequest) -> Calendars:
    if request.param == "from the library":
        return NationalCalendars()
    return FakeCalendars(CN=NATIONAL_DAY, PK={**EID, **PAKISTAN_DAY})


def within(calendar: Calendar, first: date, last: date) -> Calendar:
    return {day: holiday for day, holiday in calendar.items() if first <= day <= last}


def test_the_week_of_chinas_national_day_comes_with_its_make_up_workdays(calendars: Calendars) -> None:
    found = calendars.days("CN", 2026)
    made_up_before = within(found, date(2026, 9, 20), date(2026, 9, 20))
    assert {**made_up_before, **within(found, date(2026, 9, 26), date(2026, 10, 31))} == NATIONAL_DAY


def test_what_follows_the_moon_is_provisional_and_a_fixed_day_is_not(calendars: Calendars) -> None:
    found = calendars.days("PK", 2027)
    assert within(found, date(2027, 3, 1), date(2027, 3, 31)) == {
        **EID,
        date(2027, 3, 23): PAKISTAN_DAY[date(2027, 3, 23)],
    }


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_has_its_own_days_and_no_others(calendars: Calendars, year: int) -> None:
    for country in ("CN", "PK"):
        assert {day.year for day in calendars.days(country, year)} <= {year}
    assert date(year, 3, 23) in calendars.days("PK", year)


def test_a_country_that_nobody_knows_has_no_days(calendars: Calendars) -> None:
    assert dict(calendars.days("XX", 2026)) == {}


LIBRARY = NationalCalendars()


def test_a_year_that_china_has_not_decreed_is_provisional_whole() -> None:
    assert all(not holiday.provisional for holiday in LIBRARY.days("CN", 2026).values())
    undecreed = LIBRARY.days("CN", 2035)
    assert undecreed
    assert all(holiday.provisional and not holiday.works for holiday in undecreed.values())


def test_a_make_up_workday_in_december_belongs_to_its_own_year() -> None:
    # New Year 2012 was made up on the last day of 2011.
    assert LIBRARY.days("CN", 2011)[date(2011, 12, 31)] == make_up("2012-01-03")
    assert date(2011, 12, 31) not in LIBRARY.days("CN", 2012)


@pytest.mark.parametrize("country", ["CN", "HU", "MM", "VN"])
def test_every_make_up_workday_names_the_day_off_that_it_is_for_in_three_languages(country: str) -> None:
    # Vietnam worked in January 2019 for the last day of 2018; Hungary's years have one swap as well as several.
    years = [LIBRARY.days(country, year) for year in (2011, 2019, 2025, 2026)]
    worked = [found for calendar in years for found in calendar.values() if found.works]
    assert worked
    for found in worked:
        rest = date.fromisoformat(found.name.removeprefix("Make-up workday for "))
        assert not LIBRARY.days(country, rest.year)[rest].works
        assert found == make_up(rest.isoformat())


def test_a_day_with_an_estimated_and_a_fixed_holiday_is_certain() -> None:
    both = LIBRARY.days("PK", 2026)[date(2026, 5, 28)]
    assert (both.name, both.provisional) == ("Eid al-Adha; Youm-e-Takbeer", False)


def test_a_leap_day_may_be_a_holiday() -> None:
    assert LIBRARY.days("PK", 2028)[date(2028, 2, 29)] == EID[date(2027, 3, 10)]


def test_every_holiday_of_either_country_has_its_name_in_english_and_in_its_own_language() -> None:
    for country, language, script in (("CN", "zh", "[\u4e00-\u9fff]"), ("PK", "ur", "[\u0600-\u06ff]")):
        for year in (2025, 2026, 2027, 2035):
            for day, found in LIBRARY.days(country, year).items():
                if not found.works:
                    assert set(found.names) == {"en", language}, (country, day)
                    assert found.names["en"] == found.name
                    assert re.search(script, found.names[language])
                    assert not re.search("推定|اندازاً", found.names[language]), "that it is an estimate stands apart"


def test_the_names_of_a_day_of_two_holidays_stand_together_in_each_language() -> None:
    both = LIBRARY.days("PK", 2026)[date(2026, 5, 28)]
    assert both.names == {"en": "Eid al-Adha; Youm-e-Takbeer", "ur": "عید الاضحی; یوم تکبیر"}


def test_a_country_that_the_library_tells_in_neither_language_has_its_english_names_alone() -> None:
    assert {frozenset(each.names) for each in LIBRARY.days("US", 2026).values()} == {frozenset({"en"})}


@pytest.mark.parametrize("year", [1970, 2199, 2200])
def test_any_year_that_a_visit_may_lie_in_has_a_calendar(year: int) -> None:
    for country in ("CN", "PK"):
        assert all(day.year == year for day in LIBRARY.days(country, year))


def test_what_was_told_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        LIBRARY.days("CN", 2026)[date(2026, 1, 1)] = Holiday("Mine")  # type: ignore[index]
