"""Which reports are waited for: overdue by the clock, whether or not the timer has come to it yet."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from services.research.application.queries import AskOwed
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.test_commands import told

LAST_MOMENT = datetime(2026, 8, 13, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "asked", "is_found"),
    [
        (LAST_MOMENT, {"overdue": True}, False),
        (LAST_MOMENT, {"overdue": False}, True),
        (LAST_MOMENT + timedelta(seconds=1), {"overdue": True}, True),
        (LAST_MOMENT + timedelta(seconds=1), {"overdue": False}, False),
        (LAST_MOMENT, {"due_by": "2026-08-12"}, False),
        (LAST_MOMENT, {"due_by": "2026-08-13"}, True),
        (LAST_MOMENT + timedelta(seconds=1), {"due_by": "2026-08-12", "overdue": True}, False),
        (LAST_MOMENT + timedelta(days=9), {"due_by": "2026-08-31", "overdue": True}, True),
        (LAST_MOMENT, {"responsible": "per_bano"}, True),
        (LAST_MOMENT, {"responsible": "per_ali"}, False),
        (LAST_MOMENT, {}, True),
    ],
)
def test_reports_are_found_by_who_owes_them_and_until_when(
    now: datetime, asked: dict[str, Any], is_found: bool
) -> None:
    clock = StandingClock(given.NOW)
    research = ResearchInMemory(clock)
    told(research)
    clock.moment = now
    items = research.owed(parsed(AskOwed, asked), SYSTEM)["items"]
    assert [item["due_on"] for item in items] == (["2026-08-13"] if is_found else [])
