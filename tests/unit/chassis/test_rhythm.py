"""When the relay sweeps, and what."""

import threading
import time

import pytest

from chassis.relay import rhythm
from chassis.relay.rhythm import LONGEST, SHORTEST, Rhythm


def pause_of(rhythm: Rhythm) -> float:
    return rhythm._pause


def test_the_first_sweep_is_a_whole_one() -> None:
    beat = Rhythm()
    beat.wake("visits")
    assert beat.where() == frozenset()


def test_who_is_told_of_decisions_looks_there_and_nowhere_else() -> None:
    beat = Rhythm()
    beat.where()
    beat.wake("visits")
    beat.wake("agreements")
    beat.wake("visits")
    assert beat.where() == {"visits", "agreements"}


def test_however_often_it_is_told_everything_is_swept_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 0.0
    monkeypatch.setattr(rhythm, "monotonic", lambda: moment)
    beat = Rhythm()
    beat.where()
    swept = []
    for _ in range(100):
        moment += LONGEST / 10
        beat.wake("visits")
        swept.append(beat.where())
    assert swept.count(frozenset()) >= 9


def test_being_told_ends_the_pause_at_once() -> None:
    beat = Rhythm()
    beat._pause = 60.0
    threading.Timer(0.05, beat.wake, ("visits",)).start()
    began = time.monotonic()
    beat.wait()
    assert time.monotonic() - began < 30


def test_a_word_that_comes_while_it_sweeps_is_not_lost() -> None:
    beat = Rhythm()
    beat._pause = 60.0
    beat.wake("visits")
    began = time.monotonic()
    beat.wait()
    assert time.monotonic() - began < 30


def test_with_work_the_pause_is_short_and_without_it_grows_to_a_limit() -> None:
    beat = Rhythm()
    grown = []
    for _ in range(100):
        beat.found(0, on_their_way=0, listening=False)
        grown.append(pause_of(beat))
    assert grown == sorted(grown)
    assert grown[0] < 2 * SHORTEST
    assert grown[-1] == LONGEST
    beat.found(1, on_their_way=1, listening=False)
    assert pause_of(beat) == SHORTEST


def test_who_is_told_need_not_look_often_unless_something_is_on_its_way() -> None:
    beat = Rhythm()
    beat.found(0, on_their_way=0, listening=True)
    assert pause_of(beat) == LONGEST
    beat.found(1, on_their_way=1, listening=True)
    beat.found(0, on_their_way=1, listening=True)
    assert pause_of(beat) < 2 * SHORTEST
