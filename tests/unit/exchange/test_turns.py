"""Turns: who wants the same thing waits, and nobody for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from services.exchange.application.turns import Turns
from tests.probes import count, eventually

PATIENCE = 20.0


def test_two_who_want_the_same_thing_have_it_one_after_the_other() -> None:
    turns, inside, done = Turns(), Event(), Event()
    order: list[str] = []

    def first() -> None:
        with turns.taken("led_1"):
            inside.set()
            assert done.wait(PATIENCE)
            order.append("first")

    def second() -> None:
        assert inside.wait(PATIENCE)
        with turns.taken("led_1"):
            order.append("second")

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(first), pool.submit(second)]
        eventually(lambda: count(range(turns._turns["led_1"].wanted if turns._turns else 0), 2), PATIENCE)
        done.set()
        for each in asked:
            each.result(PATIENCE)
    assert order == ["first", "second"]


def test_two_who_want_different_things_have_them_at_once() -> None:
    turns, both = Turns(), Barrier(2, timeout=PATIENCE)

    def take(thing: str) -> None:
        with turns.taken(thing):
            both.wait()

    with ThreadPoolExecutor(2) as pool:
        for asked in [pool.submit(take, "led_1"), pool.submit(take, "led_2")]:
            asked.result(PATIENCE)


def test_things_are_taken_in_one_order_so_that_nobody_waits_for_who_waits_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns, order = Turns(), list[str]()
    take = turns._taken
    monkeypatch.setattr(turns, "_taken", lambda thing: (order.append(thing), take(thing))[1])  # type: ignore[func-returns-value]
    for things in (("led_1", "led_2"), ("led_2", "led_1")):
        with turns.taken(*things):
            pass
    assert order == ["led_1", "led_2"] * 2


def test_who_fails_gives_up_the_turn_and_nothing_is_kept() -> None:
    turns = Turns()
    for _ in range(2):
        try:
            with turns.taken("led_1", "led_1"):
                raise ValueError
        except ValueError:
            pass
    assert turns._turns == {}
