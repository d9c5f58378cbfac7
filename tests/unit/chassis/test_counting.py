"""Counting up to a number looks no further back than it has to, and never past the moment that was asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.store import counted

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class Moments:
    """A collection of moments, which notes how many it was asked to read."""

    def __init__(self, *hours_ago: float) -> None:
        self.at = [NOW - timedelta(hours=each) for each in hours_ago]
        self.read = 0

    def count_documents(self, where: dict[str, Any], limit: int) -> int:
        fit = [at for at in self.at if all(_holds(at, edge, value) for edge, value in where["made_at"].items())]
        self.read += len(fit)
        return min(len(fit), limit)


def _holds(at: datetime, edge: str, value: datetime) -> bool:
    return {"$gte": at >= value, "$gt": at > value, "$lt": at < value}[edge]


def count(moments: Moments, since: datetime | None = None, most: int = 100) -> int:
    return counted(moments, {}, "made_at", since=since, now=NOW, most=most)  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [1, 3, 5, 100])
def test_no_more_is_said_than_was_asked_for(most: int) -> None:
    assert count(Moments(0, 1, 7, 200, 90_000), most=most) == min(5, most)


def test_what_is_long_past_is_not_read_where_the_last_are_enough() -> None:
    moments = Moments(*range(5), *range(1_000, 2_000))
    assert count(moments, most=5) == 5
    assert moments.read == 5


@pytest.mark.parametrize("hours", [0, 1, 6, 7, 54, 1_000, 100_000])
def test_only_what_came_later_counts(hours: int) -> None:
    moments = Moments(0, 1, 6, 7, 54, 1_000, 100_000)
    since = NOW - timedelta(hours=hours)
    assert count(moments, since) == sum(at > since for at in moments.at)
    assert moments.read == count(moments, since)


def test_what_a_clock_ahead_has_made_counts_too() -> None:
    assert count(Moments(-5, 1)) == 2
