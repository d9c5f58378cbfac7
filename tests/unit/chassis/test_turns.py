"""Whose turn it is: subscription and suspects are never in hand together."""

import random

import pytest

from chassis.subscriber.turns import Turns

MAIN, SUSPECTS, NONE = frozenset({"main"}), frozenset({"suspects"}), frozenset[str]()


def test_nothing_is_taken_before_the_suspects_are_counted() -> None:
    assert Turns("main", "suspects").wanted(consuming=NONE, in_hand=0, suspects_waiting=None) == NONE


@pytest.mark.parametrize(("waiting", "first"), [(0, MAIN), (1, SUSPECTS)])
def test_suspects_come_first(waiting: int, first: frozenset[str]) -> None:
    assert Turns("main", "suspects").wanted(consuming=NONE, in_hand=0, suspects_waiting=waiting) == first


def test_the_turn_changes_when_nothing_is_in_hand_any_more() -> None:
    turns = Turns("main", "suspects")
    turns.wanted(consuming=NONE, in_hand=0, suspects_waiting=0)
    assert turns.wanted(consuming=MAIN, in_hand=7, suspects_waiting=1) == NONE
    assert turns.wanted(consuming=NONE, in_hand=1, suspects_waiting=1) == NONE
    assert turns.wanted(consuming=NONE, in_hand=0, suspects_waiting=1) == SUSPECTS
    assert turns.wanted(consuming=SUSPECTS, in_hand=1, suspects_waiting=0) == SUSPECTS
    assert turns.wanted(consuming=SUSPECTS, in_hand=0, suspects_waiting=0) == NONE
    assert turns.wanted(consuming=NONE, in_hand=0, suspects_waiting=0) == MAIN


def test_suspects_that_somebody_else_took_meanwhile_stop_nothing() -> None:
    turns = Turns("main", "suspects")
    turns.wanted(consuming=NONE, in_hand=0, suspects_waiting=0)
    assert turns.wanted(consuming=MAIN, in_hand=2, suspects_waiting=3) == NONE
    assert turns.wanted(consuming=NONE, in_hand=2, suspects_waiting=0) == MAIN


@pytest.mark.parametrize("seed", range(30))
def test_whatever_comes_the_two_are_never_in_hand_together(seed: int) -> None:
    chance = random.Random(seed)
    turns, consuming = Turns("main", "suspects"), NONE
    held = {"main": 0, "suspects": 0}
    for _ in range(400):
        waiting = chance.choice([None, 0, 0, 1, 5])
        consuming = turns.wanted(consuming=consuming, in_hand=sum(held.values()), suspects_waiting=waiting)
        for queue in consuming:
            held[queue] += chance.randint(0, 3)
        assert not (held["main"] and held["suspects"])
        done = chance.choice(["main", "suspects"])
        held[done] = max(0, held[done] - chance.randint(0, 3))
