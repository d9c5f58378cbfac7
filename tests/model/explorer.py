"""Visits every state that a model can reach and finds the shortest path to one that breaks a promise.

States are hashable and visited once, nearest first. A *fault* (crash, loss, outage) may come at any time, but a model
may not count on one: from every state a good rest must be reachable by the protocol's own steps alone. In a finite
graph and with every possible step taken sooner or later, that means that it is always reached.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from tests.model.dead_ends import circle_through, first_hopeless, stuck_at
from tests.model.guards import Guard
from tests.model.invariants import Invariant

State = TypeVar("State", bound=tuple[Any, ...])


class Step(NamedTuple, Generic[State]):
    """What may happen next: in words, the state that it leads to, and whether it is a fault."""

    label: str
    state: State
    fault: bool = False


class Model(ABC, Generic[State]):
    """A part of the protocol, with at most one of its guards removed."""

    def __init__(self, removed: Guard | None = None) -> None:
        self.removed = removed

    def has(self, guard: Guard) -> bool:
        return guard is not self.removed

    @abstractmethod
    def initial(self) -> State:
        """Where everything begins."""

    @abstractmethod
    def steps(self, state: State) -> Iterator[Step[State]]:
        """Everything that may happen next, faults included."""

    @abstractmethod
    def broken(self, state: State) -> Iterator[Invariant]:
        """The invariants that do not hold in this state."""

    @abstractmethod
    def good(self, state: State) -> bool:
        """Whether everything is done and done right: where the protocol may rest."""


class Cause(NamedTuple):
    """How a state was first reached: from which one, by what."""

    before: int
    label: str
    fault: bool


@dataclass(frozen=True)
class Counterexample:
    """The shortest way to a broken invariant: each step's label with the state after it, beginning with the start."""

    invariant: Invariant
    trace: tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class Exploration:
    """What was found: counts, the labels of all steps taken and of the faults among them, a counterexample if any."""

    states: int
    steps: int
    labels: frozenset[str]
    faults: frozenset[str]
    counterexample: Counterexample | None


class Explorer(Generic[State]):
    """One exploration; `run` does it."""

    def __init__(self, model: Model[State], limit: int) -> None:
        self._model, self._limit = model, limit
        self._states: list[State] = []
        self._numbers: dict[State, int] = {}
        self._causes: list[Cause] = []
        self._came_from: list[list[int]] = []
        self._labels: dict[str, bool] = {}
        self._steps = 0

    def run(self) -> Exploration:
        found = self._walk() or self._dead_end()
        faults = frozenset(label for label, fault in self._labels.items() if fault)
        return Exploration(len(self._states), self._steps, frozenset(self._labels), faults, found)

    def _walk(self) -> Counterexample | None:
        self._number(self._model.initial(), Cause(-1, "start", False))
        here = 0
        while here < len(self._states):
            broken = next(self._model.broken(self._states[here]), None)
            if broken is not None:
                return Counterexample(broken, self._trace(here))
            self._expand(here)
            here += 1
        return None

    def _expand(self, here: int) -> None:
        for label, state, fault in self._model.steps(self._states[here]):
            self._steps += 1
            self._labels[label] = fault
            there = self._number(state, Cause(here, label, fault))
            if not fault:
                self._came_from[there].append(here)

    def _number(self, state: State, cause: Cause) -> int:
        number = self._numbers.setdefault(state, len(self._states))
        if number == len(self._states):
            if number >= self._limit:
                raise RuntimeError(f"more than {self._limit} states: the model is too large to explore")
            self._states.append(state)
            self._causes.append(cause)
            self._came_from.append([])
        return number

    def _dead_end(self) -> Counterexample | None:
        """Where the first state from which no good one can be reached gets stuck for good, and the circle it is in."""
        good = {number for number, state in enumerate(self._states) if self._model.good(state)}
        lost = first_hopeless(len(self._states), good, self._came_from.__getitem__)
        if lost is None:
            return None
        end = stuck_at(lost, self._goes_to, self._came_from.__getitem__)
        circle = tuple(self._own_step(a, b) for a, b in pairwise(circle_through(end, self._goes_to)))
        return Counterexample(Invariant.NO_DEAD_END, self._trace(end) + circle)

    def _goes_to(self, here: int) -> list[int]:
        return [self._numbers[step.state] for step in self._model.steps(self._states[here]) if not step.fault]

    def _own_step(self, here: int, there: int) -> tuple[str, State]:
        after = self._states[there]
        steps = self._model.steps(self._states[here])
        return next((f"{step.label} (and so on)", after) for step in steps if step.state == after and not step.fault)

    def _trace(self, number: int) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        path: list[tuple[str, tuple[Any, ...]]] = []
        while number >= 0:
            cause = self._causes[number]
            path.append((f"FAULT {cause.label}" if cause.fault else cause.label, self._states[number]))
            number = cause.before
        return tuple(reversed(path))


def explore(model: Model[State], limit: int = 400_000) -> Exploration:
    """Explore `model` until a promise is broken or every state is seen. RuntimeError: more than `limit` states."""
    return Explorer(model, limit).run()
