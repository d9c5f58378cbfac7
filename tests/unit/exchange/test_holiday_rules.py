"""Public holidays and weekends, on the calendars of 2026 and 2027: National Day week, Eid, make-up workdays."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.exchange.adapters.holidays import NationalCalendars
from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.holidays import calendar_of, is_weekend, works
from services.exchange.domain.refusals import OnPublicHoliday
from services.exchange.domain.rules import Plan, judged, must_allow
from services.exchange.domain.site import Site
from services.exchange.domain.words import FORBID, WARN
from tests.unit.exchange import given
from tests.unit.exchange.plans import facts, gilgit, on

NATIONAL = NationalCalendars()
LONG = {"in_effect_until": date(2028, 12, 31)}
OFFICE = (("10:00", "14:00"), ("16:00", "19:30"))


def national(site: Site, year: int) -> Any:
    return calendar_of(site, NATIONAL.days(site.country, year))


def visiting(arrival: date, days: int = 1, *, host: Site | None = None, **terms: Any) -> Plan:
    """A plan with the real calendars of both ends."""
    host = host or given.site()
    agreement = given.agreement(**LONG, conditions=(given.condition(**terms),))
    return on(
        arrival,
        days,
        agreement=agreement,
        host=host,
        host_calendar=national(host, arrival.year),
        sending_calendar=national(gilgit(), arrival.year),
    )


def holidays(asked: Plan) -> list[tuple[str, list[str]]]:
    return [(each["end"], each["days"]) for each in facts(asked, "public-holiday")]


@pytest.mark.parametrize(
    ("arrival", "days", "found"),
    [
        (date(2026, 9, 28), 3, []),
        (date(2026, 9, 28), 4, [("host", ["2026-10-01"])]),
        (date(2026, 10, 3), 3, [("host", ["2026-10-03", "2026-10-05"])]),
        (date(2026, 10, 7), 2, [("host", ["2026-10-07"])]),
        (date(2026, 10, 8), 2, []),
    ],
)
def test_a_visit_into_the_week_of_national_day_is_warned_of_each_of_its_days(
    arrival: date, days: int, found: list[Any]
) -> None:
    assert holidays(visiting(arrival, days)) == found


def test_the_saturday_that_makes_up_for_national_day_is_a_workday_and_the_next_is_not() -> None:
    assert facts(visiting(date(2026, 10, 10)), "weekend") == []
    assert facts(visiting(date(2026, 10, 17)), "weekend") == [
        {"site": given.KASHGAR, "date": "2026-10-17", "weekday": 6, "working": False}
    ]


def test_eid_at_home_is_told_beside_what_the_host_keeps() -> None:
    # Eid al-Fitr 2026 in Pakistan; nothing in China.
    (found,) = facts(visiting(date(2026, 3, 19), 6), "public-holiday")
    assert (found["end"], found["country"], found["provisional"]) == ("sending", "PK", False)
    assert found["days"] == ["2026-03-20", "2026-03-21", "2026-03-23"]
    assert found["names"] == ["Eid al-Fitr", "Eid al-Fitr", "Pakistan Day"]


def test_labour_day_is_kept_at_both_ends() -> None:
    assert holidays(visiting(date(2026, 5, 1))) == [("host", ["2026-05-01"]), ("sending", ["2026-05-01"])]


def test_an_eid_that_waits_for_the_moon_is_told_as_provisional() -> None:
    asked = visiting(date(2027, 3, 9), 3)
    assert facts(asked, "public-holiday") == []
    (found,) = facts(asked, "provisional-holiday")
    assert (found["end"], found["provisional"], found["days"]) == ("sending", True, ["2027-03-10", "2027-03-11"])


def test_a_year_that_nobody_has_decreed_is_told_as_provisional() -> None:
    found = facts(visiting(date(2027, 9, 30), 3), "provisional-holiday")
    assert [(each["end"], each["days"]) for each in found] == [("host", ["2027-10-01", "2027-10-02"])]


def test_an_agreement_may_forbid_public_holidays_but_never_what_is_provisional() -> None:
    terms: dict[str, Any] = {"rules": {"public-holiday": FORBID, "provisional-holiday": FORBID}}
    with pytest.raises(OnPublicHoliday) as refused:
        must_allow(visiting(date(2026, 10, 1), **terms))
    assert refused.value.facts["days"] == ["2026-10-01"]
    warned = must_allow(visiting(date(2027, 3, 10), **terms))
    assert [warning.rule for warning in warned] == ["provisional-holiday"]


def test_by_itself_a_public_holiday_only_warns() -> None:
    assert {each.level for each in judged(visiting(date(2026, 10, 1)))} == {WARN}


def test_a_sites_own_days_are_put_over_its_countrys() -> None:
    corban = OwnHoliday(date(2026, 5, 27), "Corban")
    on_duty = OwnHoliday(date(2026, 10, 6), "On duty", works=True)
    host = given.site(holidays=(corban, on_duty))
    assert holidays(visiting(date(2026, 5, 26), 3, host=host))[0] == ("host", ["2026-05-27"])
    assert holidays(visiting(date(2026, 10, 5), 3, host=host)) == [("host", ["2026-10-05", "2026-10-07"])]
    assert holidays(visiting(date(2026, 10, 6), host=host)) == []


def test_an_arrival_on_a_weekend_is_warned_of_and_a_weekend_later_in_the_visit_is_not() -> None:
    (found,) = facts(visiting(date(2026, 4, 11), 3), "weekend")
    assert (found["weekday"], found["working"]) == (6, True)
    assert facts(visiting(date(2026, 4, 10), 3), "weekend") == []


def test_a_visit_in_which_the_host_never_works_is_warned_of() -> None:
    # Arrival on a holiday that is no weekend, and a Sunday after it.
    (found,) = facts(visiting(date(2026, 10, 3), 2), "weekend")
    assert found["working"] is False


def hours(name: str, first: str, last: str, *weekdays: int) -> Season:
    return Season(name, first, last, dict.fromkeys(weekdays, OFFICE))


def test_a_site_rests_on_the_weekdays_that_its_hours_leave_out() -> None:
    all_year = hours("all year", "01-01", "12-31", 1, 2, 3, 4, 6, 7)
    site = gilgit(hours=(all_year,))
    friday, saturday = date(2026, 4, 10), date(2026, 4, 11)
    assert is_weekend(site, {}, friday)
    assert not is_weekend(site, {}, saturday)
    assert not is_weekend(gilgit(), {}, friday)


def test_ramadans_hours_go_before_those_of_the_year() -> None:
    all_year = hours("all year", "01-01", "12-31", 1, 2, 3, 4, 5)
    ramadan = hours("Ramadan", "2026-02-19", "2026-03-19", 1, 2, 3, 4, 5, 6)
    for order in ((all_year, ramadan), (ramadan, all_year)):
        site = gilgit(hours=order)
        assert works(site, {}, date(2026, 3, 14))
        assert not works(site, {}, date(2026, 3, 21))


def test_a_visit_over_the_new_year_meets_the_holidays_of_both_years() -> None:
    host = given.site()
    both = {**national(host, 2026), **national(host, 2027)}
    asked = on(date(2026, 12, 25), 10, agreement=given.agreement(**LONG), host_calendar=both)
    found = [day for each in judged(asked) for day in each.facts.get("days", [])]
    assert found == ["2027-01-01"]
    assert asked.departure - asked.arrival == timedelta(days=9)


def test_the_facts_tell_each_holiday_in_the_languages_in_which_it_is_known() -> None:
    own = given.site(holidays=(OwnHoliday(date(2026, 10, 2), "Founding day"),))
    (found,) = facts(visiting(date(2026, 10, 1), 2, host=own), "public-holiday")
    assert found["names"] == ["National Day", "Founding day"]
    assert found["names_by_language"] == [{"en": "National Day", "zh": "国庆节"}, {}]
