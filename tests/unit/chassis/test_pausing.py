"""The pause before a transaction is tried again."""

import time

import pytest

from chassis.store import pausing


def test_the_first_try_waits_for_nothing_and_no_later_one_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    pausing.before_try(0)
    assert slept == []
    for number in range(1, 2000):
        pausing.before_try(number)
    assert len(set(slept)) > 1900, "all wait equally long and meet again"
    assert slept[0] <= 2 * pausing.FIRST
    assert max(slept) <= pausing.FIRST * 2**pausing.DOUBLINGS
