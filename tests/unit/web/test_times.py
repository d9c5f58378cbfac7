"""Times at both ends."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.web.times import End, days, length, moments, offset
from tests.web_app import Web

KASHGAR = End("host", "First People's Hospital of Kashgar Prefecture", "Asia/Shanghai")
GILGIT = End("sending site", "Provincial Hospital, Gilgit", "Asia/Karachi")


@pytest.fixture(autouse=True)
def speaking(web: Web) -> Iterator[None]:
    with web.app.test_request_context("/"):
        yield


def told(instant: str, *ends: End) -> list[tuple[str, str]]:
    return [(moment.text, moment.label) for moment in moments(instant, ends)]


def test_an_instant_is_told_at_both_ends_and_which_is_which() -> None:
    both = told("2026-12-04T09:00:00+00:00", KASHGAR, GILGIT)
    assert both == [("4 Dec 2026 17:00", "host"), ("14:00", "sending site")]


def test_where_the_day_differs_both_days_are_told() -> None:
    both = told("2026-12-04T17:30:00+00:00", KASHGAR, GILGIT)
    assert both == [("5 Dec 2026 01:30", "host"), ("4 Dec 2026 22:30", "sending site")]


def test_ends_with_one_time_share_it() -> None:
    commission = End("authority", "Kashgar Prefecture Health Commission", "Asia/Shanghai")
    assert told("2026-12-04T09:00:00Z", KASHGAR, commission) == [("4 Dec 2026 17:00", "host · authority")]


def test_kashgar_keeps_beijing_time() -> None:
    assert offset("Asia/Shanghai", datetime(2026, 7, 1, tzinfo=UTC)) == "UTC+8"
    assert offset("Asia/Karachi", datetime(2026, 7, 1, tzinfo=UTC)) == "UTC+5"
    assert offset("Asia/Kathmandu", datetime(2026, 7, 1, tzinfo=UTC)) == "UTC+5:45"
    assert offset("America/St_Johns", datetime(2026, 1, 1, tzinfo=UTC)) == "UTC-3:30"


def test_days_are_counted_with_both_ends() -> None:
    assert (days("2026-12-07", "2026-12-18"), length("2026-12-07", "2026-12-18")) == ("7–18 Dec 2026", 12)
    assert length("2026-12-07", "2026-12-07") == 1
