"""Times that people type: what the clocks of a place leave out or show twice is no instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.web.local_times import NeverThere, TwiceThere, instant

ZONES = st.sampled_from(["Asia/Karachi", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        ("2026-11-25", "16:00", "Asia/Shanghai", "2026-11-25T16:00:00+08:00"),
        ("2026-11-25", "16:00", "Asia/Karachi", "2026-11-25T16:00:00+05:00"),
        ("2027-03-28", "01:45", "Europe/Berlin", "2027-03-28T01:45:00+01:00"),
        ("2027-03-28", "03:00", "Europe/Berlin", "2027-03-28T03:00:00+02:00"),
    ],
)
def test_a_local_time_is_an_instant_with_its_offset(day: str, at: str, zone: str, moment: str) -> None:
    assert instant(date.fromisoformat(day), time.fromisoformat(at), zone).isoformat() == moment


def test_a_time_that_clocks_jump_over_is_none() -> None:
    with pytest.raises(NeverThere):
        instant(date(2027, 3, 28), time(2, 30), "Europe/Berlin")


def test_a_time_that_clocks_show_twice_is_none() -> None:
    with pytest.raises(TwiceThere):
        instant(date(2026, 10, 25), time(2, 30), "Europe/Berlin")


@given(minutes=st.integers(0, 60 * 24 * 365 * 10), zone=ZONES)
def test_what_a_clock_shows_once_leads_back_to_its_instant(minutes: int, zone: str) -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    there = moment.astimezone(ZoneInfo(zone))
    near = [(moment + timedelta(minutes=after)).astimezone(ZoneInfo(zone)) for after in (-60, -30, 30, 60)]
    if any(each.replace(tzinfo=None) == there.replace(tzinfo=None) for each in near):
        with pytest.raises(TwiceThere):
            instant(there.date(), there.time(), zone)
    else:
        assert instant(there.date(), there.time(), zone) == moment
