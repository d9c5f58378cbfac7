"""The explorer itself, on models small enough to see through."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.model.explorer import Model, Step, explore
from tests.model.invariants import Invariant
from tests.model.trace import readable


class At(NamedTuple):
    place: str


class Roads(Model[At]):
    """Places and the roads between them; `!` before a road's end makes it a fault. Home is good, the ditch is bad."""

    def __init__(self, **roads: str) -> None:
        super().__init__()
        self.roads = roads

    def initial(self) -> At:
        return At("start")

    def steps(self, state: At) -> Iterator[Step[At]]:
        for road in self.roads.get(state.place, "").split():
            yield Step(f"to {road}", At(road.strip("!")), fault=road.startswith("!"))

    def broken(self, state: At) -> Iterator[Invariant]:
        if state.place == "ditch":
            yield Invariant.NOTHING_LOST

    def good(self, state: At) -> bool:
        return state.place == "home"


def test_every_state_is_visited_once_and_a_sound_model_holds() -> None:
    found = explore(Roads(start="left right", left="home", right="home", home="start"))
    assert (found.states, found.steps, found.counterexample) == (4, 5, None)


def test_the_shortest_way_to_a_broken_promise_is_told() -> None:
    found = explore(Roads(start="long short", long="longer", longer="ditch", short="ditch", ditch="home"))
    assert found.counterexample
    assert [label for label, _ in found.counterexample.trace] == ["start", "to short", "to ditch"]


def test_faults_are_explored_and_marked() -> None:
    found = explore(Roads(start="home !ditch"))
    assert found.faults == {"to !ditch"}
    assert found.counterexample
    assert found.counterexample.trace[-1][0] == "FAULT to !ditch"


def test_a_state_that_leads_nowhere_is_a_dead_end() -> None:
    found = explore(Roads(start="home swamp", swamp="bog"))
    assert found.counterexample
    assert found.counterexample.invariant is Invariant.NO_DEAD_END
    assert [label for label, _ in found.counterexample.trace] == ["start", "to swamp", "to bog"]


def test_going_round_for_ever_is_a_dead_end_and_the_circle_is_shown() -> None:
    found = explore(Roads(start="home a", a="b", b="a"))
    assert found.counterexample
    labels = [label for label, _ in found.counterexample.trace]
    assert labels == ["start", "to a", "to b (and so on)", "to a (and so on)"]


def test_a_way_out_that_needs_a_fault_is_none() -> None:
    found = explore(Roads(start="swamp", swamp="!home"))
    assert found.counterexample
    assert found.counterexample.invariant is Invariant.NO_DEAD_END


def test_a_model_that_never_ends_is_refused() -> None:
    class Endless(Roads):
        def steps(self, state: At) -> Iterator[Step[At]]:
            yield Step("on", At(state.place + "."))

    with pytest.raises(RuntimeError, match="more than 50 states"):
        explore(Endless(), limit=50)


def test_a_trace_reads_as_steps_and_what_they_changed() -> None:
    found = explore(Roads(start="short", short="ditch"))
    assert found.counterexample
    assert readable(found.counterexample).splitlines()[1:] == [
        "  0. start",
        "       place = start",
        "  1. to short",
        "       place = short",
        "  2. to ditch",
        "       place = ditch",
    ]
