"""Quiet hours and working weeks, by the clocks of both ends and of places that change theirs."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.notify.domain.hours import EVERY_DAY, MONDAY_TO_FRIDAY, Hours, next_at

KASHGAR, GILGIT = "Asia/Shanghai", "Asia/Karachi"
NIGHT = Hours(time(21), time(7))
OFFICE = Hours(time(18), time(9), MONDAY_TO_FRIDAY)


def local(text: str, zone: str) -> datetime:
    """A wall clock time of a zone, as `2026-06-01 21:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "opens"),
    [
        pytest.param(NIGHT, KASHGAR, "2026-06-01 20:59", "2026-06-01 20:59", id="just before quiet"),
        pytest.param(NIGHT, KASHGAR, "2026-06-01 21:00", "2026-06-02 07:00", id="as quiet begins"),
        pytest.param(NIGHT, KASHGAR, "2026-06-01 23:59", "2026-06-02 07:00", id="before midnight"),
        pytest.param(NIGHT, KASHGAR, "2026-06-02 00:00", "2026-06-02 07:00", id="at midnight"),
        pytest.param(NIGHT, KASHGAR, "2026-06-02 06:59", "2026-06-02 07:00", id="just before it ends"),
        pytest.param(NIGHT, KASHGAR, "2026-06-02 07:00", "2026-06-02 07:00", id="as it ends"),
        pytest.param(Hours(time(13), time(15)), GILGIT, "2026-06-02 13:30", "2026-06-02 15:00", id="within a day"),
        pytest.param(Hours(time(8), time(8)), GILGIT, "2026-06-02 03:00", "2026-06-02 03:00", id="never quiet"),
        pytest.param(OFFICE, GILGIT, "2026-06-05 18:00", "2026-06-08 09:00", id="from Friday evening to Monday"),
        pytest.param(OFFICE, GILGIT, "2026-06-07 12:00", "2026-06-08 09:00", id="on a Sunday"),
        pytest.param(
            Hours(time(0), time(0), (7,)), GILGIT, "2026-06-08 00:00", "2026-06-14 00:00", id="one day of the week"
        ),
        pytest.param(
            Hours(time(13), time(15), (1,)), GILGIT, "2026-06-07 12:00", "2026-06-08 00:00", id="opens at midnight"
        ),
    ],
)
def test_a_message_that_can_wait_waits_until_it_is_not_quiet(hours: Hours, zone: str, now: str, opens: str) -> None:
    assert hours.opens(zone, local(now, zone)) == local(opens, zone)


def test_the_same_moment_is_quiet_at_one_end_and_not_at_the_other() -> None:
    """At 21:30 in Kashgar it is 18:30 in Gilgit."""
    moment = local("2026-06-01 21:30", KASHGAR)
    assert NIGHT.opens(GILGIT, moment) == moment
    assert NIGHT.opens(KASHGAR, moment) == local("2026-06-02 07:00", KASHGAR)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_night_in_which_clocks_change_ends_when_they_show_the_hour(day: str) -> None:
    before = local(f"{day} 00:30", "Europe/Berlin")
    assert NIGHT.opens("Europe/Berlin", before) == local(f"{day} 07:00", "Europe/Berlin")


HOURS = some.builds(
    Hours,
    some.times().map(lambda at: at.replace(second=0, microsecond=0)),
    some.times().map(lambda at: at.replace(second=0, microsecond=0)),
    some.sets(some.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days))),
)
MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001
ZONES = some.sampled_from([KASHGAR, GILGIT, "Asia/Kashgar", "Asia/Kathmandu", "Europe/Berlin", "America/New_York"])


def quiet(hours: Hours, zone: str, moment: datetime) -> bool:
    """The same, worked out otherwise."""
    at = moment.astimezone(ZoneInfo(zone))
    minutes, first, last = (each.hour * 60 + each.minute for each in (at, hours.quiet_from, hours.quiet_until))
    within = (minutes - first) % 1440 < (last - first) % 1440
    return at.isoweekday() not in hours.working_days or within


@given(hours=HOURS, zone=ZONES, now=MOMENTS)
def test_it_opens_at_the_first_moment_that_is_not_quiet(hours: Hours, zone: str, now: datetime) -> None:
    opens = hours.opens(zone, now)
    assert now <= opens <= now + timedelta(days=9)
    assert not quiet(hours, zone, opens)
    if opens > now:
        assert quiet(hours, zone, now)
        steps = int((opens - now) / timedelta(minutes=7))
        assert all(quiet(hours, zone, now + timedelta(minutes=7 * step)) for step in range(steps))
        assert quiet(hours, zone, opens - timedelta(seconds=1))


def test_a_digest_comes_next_at_its_hour_on_one_of_its_days() -> None:
    friday = local("2026-06-05 08:00", GILGIT)
    assert next_at(time(8), MONDAY_TO_FRIDAY, GILGIT, friday) == local("2026-06-08 08:00", GILGIT)
    assert next_at(time(8), MONDAY_TO_FRIDAY, GILGIT, friday - timedelta(seconds=1)) == friday
    assert next_at(time(8), (5,), GILGIT, friday) == local("2026-06-12 08:00", GILGIT)
