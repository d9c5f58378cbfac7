"""Consultations that meet again and again: by the local clock, within bounds, and whatever the rule says, at once."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from services.exchange.adapters.recurrences import RecurrenceRules
from services.exchange.domain.consultations.recurring import refusals
from services.exchange.domain.consultations.recurring.reading import LARGEST_POSITION, PARTS
from services.exchange.domain.consultations.recurring.rule import LONGEST, MOST_SESSIONS, WEEKDAYS
from services.exchange.domain.refusals import UnknownZone
from tests.unit.exchange.recurrence_examples import EXAMPLES, UNREADABLE, days

RULES = RecurrenceRules()
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
"""10:00 in Kashgar, 07:00 in Gilgit."""
NAMED = tuple(each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, Refusal))
SOON = 2.0
"""Seconds of computing: what is refused at once takes 0.3, and looking for a day up to the year 9999 six."""


def slots(rule: str, begins: datetime = TUESDAY, zone: str = "Asia/Shanghai", **given_too: Any) -> list[str]:
    return [f"{slot:%Y-%m-%dT%H:%M}" for slot in RULES.slots(rule, begins, zone, **given_too)]


def in_new_york(year: int, month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK, fold=fold).astimezone(UTC)


def refused(rule: str, begins: datetime = TUESDAY, zone: str = "Asia/Shanghai", **given_too: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        RULES.slots(rule, begins, zone, **given_too)
    return caught.value


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_standards_own_examples_give_the_days_that_it_says(rule: str) -> None:
    wanted = [in_new_york(day.year, day.month, day.day, 9) for day in days(EXAMPLES[rule])]
    assert list(RULES.slots(f"FREQ={rule}", wanted[0], "America/New_York")) == wanted


def test_a_weekly_meeting_keeps_its_local_hour_when_the_clocks_change_there() -> None:
    begins = in_new_york(2026, 10, 20, 10)
    found = RULES.slots("FREQ=WEEKLY;COUNT=4;BYDAY=TU", begins, "America/New_York")
    assert [slot.astimezone(NEW_YORK).hour for slot in found] == [10] * 4
    assert [slot.hour for slot in found] == [14, 14, 15, 15]
    assert [slot.hour for slot in RULES.slots("FREQ=WEEKLY;COUNT=4;BYDAY=TU", begins, "Asia/Shanghai")] == [14] * 4


def test_a_local_day_may_be_another_than_that_of_utc() -> None:
    late = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    assert slots("FREQ=WEEKLY;COUNT=2;BYDAY=WE", late) == ["2026-12-01T18:00", "2026-12-08T18:00"]


def test_a_time_that_the_clock_leaves_out_is_the_one_that_was_meant_before_the_change() -> None:
    begins = in_new_york(2027, 3, 7, 2, 30)
    found = RULES.slots("FREQ=WEEKLY;COUNT=3", begins, "America/New_York")
    assert [f"{slot.astimezone(NEW_YORK):%d %H:%M}" for slot in found] == ["07 02:30", "14 03:30", "21 02:30"]


def test_of_a_time_that_comes_twice_it_is_the_first() -> None:
    begins = in_new_york(2026, 10, 25, 1, 30)
    found = RULES.slots("FREQ=WEEKLY;COUNT=2", begins, "America/New_York")
    assert found[1] == in_new_york(2026, 11, 1, 1, 30, fold=0)
    second = in_new_york(2026, 11, 1, 1, 30, fold=1)
    elsewhere = refused("FREQ=WEEKLY;COUNT=2", second, "America/New_York")
    assert elsewhere.facts == {"begins": second.isoformat(), "first": found[1].isoformat()}


def test_on_a_day_that_the_zone_leaves_out_two_sessions_would_be_one() -> None:
    begins = datetime(2011, 12, 29, 20, 0, tzinfo=UTC)
    coincide = refused("FREQ=DAILY;COUNT=3", begins, "Pacific/Apia")
    assert (coincide.name, coincide.facts) == ("SessionsCoincide", {"slot": "2011-12-30T20:00:00+00:00"})


def test_weeks_of_the_year_without_a_day_are_the_first_sessions_weekday() -> None:
    assert slots("FREQ=YEARLY;BYWEEKNO=49;COUNT=2") == ["2026-12-01T02:00", "2027-12-07T02:00"]


def test_every_weekday_and_a_numbered_one_are_together_both() -> None:
    wanted = ["2026-12-01T02:00", "2026-12-07T02:00", "2026-12-14T02:00", "2026-12-21T02:00", "2026-12-28T02:00"]
    assert slots("FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=5") == wanted
    assert slots("FREQ=YEARLY;BYMONTH=12;BYDAY=MO,1TU;COUNT=5") == wanted


def test_until_is_included() -> None:
    assert slots("FREQ=DAILY;UNTIL=20261202T020000Z") == ["2026-12-01T02:00", "2026-12-02T02:00"]
    assert slots("FREQ=DAILY;UNTIL=20261202T015959Z") == ["2026-12-01T02:00"]


@pytest.mark.parametrize("rule", UNREADABLE, ids=lambda rule: ascii(rule)[:60])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    unreadable = refused(rule)
    assert unreadable.name == "RecurrenceUnreadable"
    assert unreadable.facts["problem"]


@pytest.mark.parametrize(
    ("rule", "refusal", "facts"),
    [
        ("FREQ=DAILY", refusals.RecurrenceWithoutEnd, {"needs": ["COUNT", "UNTIL"]}),
        ("FREQ=DAILY;COUNT=61", refusals.TooManySessions, {"most": 60}),
        ("FREQ=YEARLY;COUNT=61", refusals.TooManySessions, {"most": 60}),
        ("FREQ=DAILY;COUNT=999999999999", refusals.TooManySessions, {"most": 60}),
        ("FREQ=DAILY;UNTIL=20270130T020000Z", refusals.TooManySessions, {"most": 60}),
        ("FREQ=DAILY;UNTIL=20261130T000000Z", refusals.UntilBeforeBegin, {"until": "2026-11-30T00:00:00+00:00"}),
        ("FREQ=HOURLY;COUNT=2", refusals.RecurrenceTooOften, {"frequency": "HOURLY"}),
        ("FREQ=SECONDLY;COUNT=2", refusals.RecurrenceTooOften, {"frequency": "SECONDLY"}),
        ("FREQ=DAILY;COUNT=2;BYHOUR=9,15", refusals.RecurrencePartNotTaken, {"part": "BYHOUR"}),
        ("FREQ=DAILY;COUNT=2;X-NOTE=1", refusals.RecurrencePartNotTaken, {"part": "X-NOTE"}),
        ("FREQ=DAILY;COUNT=2;BYEASTER=1", refusals.RecurrencePartNotTaken, {"part": "BYEASTER"}),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=WE", refusals.FirstSessionElsewhere, {"first": "2026-12-02T02:00:00+00:00"}),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30", refusals.FirstSessionElsewhere, {"first": None}),
        ("FREQ=YEARLY;COUNT=12", refusals.RecurrenceTooLong, {"latest": "2036-12-08T02:00:00+00:00"}),
        ("FREQ=YEARLY;UNTIL=20380101T000000Z", refusals.RecurrenceTooLong, {"latest": "2036-12-08T02:00:00+00:00"}),
    ],
)
def test_a_rule_that_is_not_taken_is_refused_by_name(
    rule: str, refusal: Callable[..., Refusal], facts: dict[str, Any]
) -> None:
    told = refused(rule)
    assert told.name == refusal.__name__
    assert told.facts.items() >= facts.items()


def test_sixty_sessions_are_not_too_many() -> None:
    assert len(slots("FREQ=DAILY;COUNT=60")) == MOST_SESSIONS
    assert len(slots("FREQ=DAILY;UNTIL=20270129T020000Z")) == MOST_SESSIONS


@pytest.mark.parametrize("zone", ["Asia/Hunza", "", "../../etc/passwd", "Asia/Karachi\r\nX", "\ud800"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    assert isinstance(refused("FREQ=DAILY;COUNT=2", zone=zone), UnknownZone)


def test_slots_may_be_left_out_where_they_are_slots_and_not_the_first() -> None:
    rule = "FREQ=WEEKLY;COUNT=3"
    assert slots(rule, without=(TUESDAY + timedelta(days=7),) * 2) == ["2026-12-01T02:00", "2026-12-15T02:00"]
    assert isinstance(refused(rule, without=[TUESDAY + timedelta(days=8)]), refusals.NoSuchSlot)
    assert isinstance(refused(rule, without=[TUESDAY + timedelta(days=21)]), refusals.NoSuchSlot)
    assert isinstance(refused(rule, without=[TUESDAY]), refusals.FirstSessionLeftOut)


@pytest.mark.parametrize(
    ("rule", "always"),
    [
        ("count=8;byday=we,tu,TU;interval=1;wkst=mo;freq=weekly", "FREQ=WEEKLY;COUNT=8;BYDAY=TU,WE"),
        ("WKST=SU;FREQ=WEEKLY;INTERVAL=2;COUNT=3", "FREQ=WEEKLY;COUNT=3;INTERVAL=2;WKST=SU"),
        ("until=20271231t000000z;freq=daily", "FREQ=DAILY;UNTIL=20271231T000000Z"),
        ("FREQ=MONTHLY;COUNT=2;BYDAY=+2MO,-1FR", "FREQ=MONTHLY;COUNT=2;BYDAY=-1FR,2MO"),
        (
            "BYSETPOS=-1;BYMONTH=06,+1;BYDAY=MO;COUNT=2;FREQ=YEARLY",
            "FREQ=YEARLY;COUNT=2;BYDAY=MO;BYMONTH=1,6;BYSETPOS=-1",
        ),
    ],
)
def test_the_same_rule_is_always_written_in_the_same_way(rule: str, always: str) -> None:
    assert RULES.canonical(rule) == RULES.canonical(always) == always


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=2;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=2;BYMONTH=2;BYMONTHDAY=30;BYDAY=TU;BYSETPOS=1,-1",
        "FREQ=DAILY;COUNT=2;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=60;BYMONTH=12;BYMONTHDAY=1;BYDAY=TU",
        "FREQ=WEEKLY;COUNT=2;BYMONTH=2;BYDAY=TU;BYSETPOS=7",
        "FREQ=YEARLY;COUNT=2;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=" + ",".join(map(str, range(250, 350))),
        "FREQ=YEARLY;COUNT=2;BYYEARDAY=366;BYMONTH=2;BYMONTHDAY=" + ",".join(map(str, range(1, 32))),
    ],
)
def test_a_rule_that_hardly_ever_or_never_has_a_day_is_refused_at_once(rule: str) -> None:
    began = time.process_time()
    assert isinstance(refused(rule), (refusals.FirstSessionElsewhere, refusals.RecurrenceTooLong))
    assert time.process_time() - began < SOON


VALUES = st.one_of(
    st.integers(-400, 400).map(str),
    st.sampled_from(
        ["MO", "-1SU", "5FR", "53TU", "MO,TU,WE", "1,2,3", "-1", "20270101T000000Z", "99991231T235959Z", "", "\r\nX"]
    ),
    st.lists(st.integers(-60, 60), min_size=1, max_size=40).map(lambda numbers: ",".join(map(str, numbers))),
)
NAMES = st.sampled_from([*PARTS, "BYHOUR"])
FREQUENCIES = st.sampled_from(sorted(LARGEST_POSITION))
FINE = {
    "BYDAY": st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7),
    "BYMONTH": st.lists(st.integers(1, 12).map(str), min_size=1, max_size=6),
    "BYMONTHDAY": st.lists(st.integers(-31, 31).filter(bool).map(str), min_size=1, max_size=10),
    "BYSETPOS": st.lists(st.integers(-7, 7).filter(bool).map(str), min_size=1, max_size=3),
    "BYYEARDAY": st.lists(st.integers(-366, 366).filter(bool).map(str), min_size=1, max_size=10),
    "BYWEEKNO": st.lists(st.integers(-53, 53).filter(bool).map(str), min_size=1, max_size=10),
}


@st.composite
def wild(draw: st.DrawFn) -> str:
    """Rules in shape, of parts and values at random."""
    parts = draw(st.lists(st.tuples(NAMES, VALUES), max_size=5))
    return ";".join([f"FREQ={draw(FREQUENCIES)}", *(f"{name}={value}" for name, value in parts)])


@st.composite
def tame(draw: st.DrawFn) -> str:
    """Rules most of which can be read, though few begin on the day they are asked for."""
    chosen = draw(st.lists(st.sampled_from(sorted(FINE)), unique=True, max_size=3))
    parts = [f"{name}={','.join(draw(FINE[name]))}" for name in chosen]
    end = draw(st.one_of(st.integers(1, 60).map("COUNT={}".format), st.just("UNTIL=20301231T000000Z")))
    return ";".join([f"FREQ={draw(FREQUENCIES)}", end, f"INTERVAL={draw(st.integers(1, 40))}", *parts])


@settings(max_examples=250)
@given(st.one_of(st.text(), wild(), tame()), st.sampled_from(["Asia/Shanghai", "Asia/Karachi", "America/New_York"]))
def test_any_text_gives_slots_or_a_refusal_by_name_and_soon(rule: str, zone: str) -> None:
    began = time.process_time()
    try:
        found = RULES.slots(rule, TUESDAY, zone)
    except NAMED:
        found = (TUESDAY,)
    assert time.process_time() - began < SOON
    assert found[0] == TUESDAY
    assert list(found) == sorted(set(found))
    assert len(found) <= MOST_SESSIONS
    assert found[-1] - TUESDAY <= LONGEST + timedelta(days=1)


@settings(max_examples=250)
@given(st.one_of(tame(), wild()))
def test_a_rule_that_can_be_read_is_one_line_of_ascii_that_reads_the_same(rule: str) -> None:
    try:
        always = RULES.canonical(rule)
    except NAMED:
        return
    assert always.isascii()
    assert always.isprintable()
    assert RULES.canonical(always) == always
    assert RULES.canonical(rule.lower()) == always


@settings(max_examples=100)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True), st.integers(1, 5), st.integers(1, 60))
def test_weekly_sessions_are_the_days_that_one_counts_on_a_calendar(
    weekdays: list[int], interval: int, count: int
) -> None:
    monday = date(2026, 11, 30)
    every = (monday + timedelta(weeks=week * interval, days=day) for week in range(count) for day in sorted(weekdays))
    wanted = list(every)[:count]
    names = ",".join(WEEKDAYS[day] for day in weekdays)
    begins = datetime(wanted[0].year, wanted[0].month, wanted[0].day, 2, tzinfo=UTC)
    found = RULES.slots(f"FREQ=WEEKLY;INTERVAL={interval};COUNT={count};BYDAY={names}", begins, "Asia/Shanghai")
    assert [slot.date() for slot in found] == wanted
