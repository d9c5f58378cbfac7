"""Acknowledgements told together: never one for a message that is still in somebody's hands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.acknowledging import Acknowledging

Told = list[tuple[int, bool]]


class Channel:
    """What a broker makes of acknowledgements: `acknowledged` are the tags that it lets go of."""

    def __init__(self, messages: int) -> None:
        self.told: Told = []
        self.acknowledged: set[int] = set()
        self.waiting = set(range(1, messages + 1))
        self.gathered = Acknowledging(self._hear)
        for tag in range(1, messages + 1):
            self.gathered.came(tag)

    def _hear(self, tag: int, multiple: bool) -> None:
        self.told.append((tag, multiple))
        covered = {each for each in self.waiting if each <= tag} if multiple else {tag}
        assert covered <= self.waiting, "a tag that the broker does not know closes the channel"
        self.waiting -= covered
        self.acknowledged |= covered


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.acknowledging.spawn_after", lambda *_: None)


def finished(channel: Channel, *tags: int) -> None:
    for tag in tags:
        channel.gathered.done(tag)


def test_what_is_done_without_a_gap_is_told_at_once() -> None:
    channel = Channel(5)
    finished(channel, 2, 1, 3)
    channel.gathered.flush()
    assert channel.told == [(3, True)]


def test_who_is_held_up_by_a_slow_one_is_told_alone_the_next_time() -> None:
    channel = Channel(5)
    finished(channel, 1, 3)
    channel.gathered.flush()
    assert channel.told == [(1, True)]
    finished(channel, 4)
    channel.gathered.flush()
    assert channel.told == [(1, True), (3, False)]


def test_a_message_that_was_answered_otherwise_is_no_gap() -> None:
    channel = Channel(3)
    channel.gathered.answered(1)
    channel.waiting.discard(1)
    finished(channel, 2)
    channel.gathered.flush()
    assert channel.told == [(2, True)]


def test_at_the_end_nothing_that_is_done_is_left_untold() -> None:
    channel = Channel(4)
    finished(channel, 2, 4)
    channel.gathered.flush(all_of_them=True)
    assert channel.acknowledged == {2, 4}


@given(st.permutations(range(1, 13)), st.integers(0, 12), st.sets(st.integers(0, 11)))
def test_exactly_what_is_done_is_acknowledged(order: list[int], done: int, flushed: set[int]) -> None:
    channel = Channel(12)
    for place, tag in enumerate(order[:done]):
        channel.gathered.done(tag)
        if place in flushed:
            channel.gathered.flush()
            assert channel.acknowledged <= set(order[: place + 1])
    channel.gathered.flush(all_of_them=True)
    assert channel.acknowledged == set(order[:done])
