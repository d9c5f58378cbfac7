"""Copies of another service's documents: events late, repeated and in any order, handled two at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

CREATED, CHANGED, ERASED = 1, 2, 3
"""The subject's three events by sequence: what it is, what it became, that it is to be forgotten."""


class Copy(NamedTuple):
    """`mark`: the sequence it stands at. `facts`: which events' news it holds; empty when erased."""

    mark: int
    facts: frozenset[int]


class Handler(NamedTuple):
    """An event at work. `stage`: update, insert, or update-again; `seen`: the mark as it was read, if it was."""

    event: int
    stage: str = "update"
    seen: int = -1


class Copying(NamedTuple):
    waiting: frozenset[int]
    copy: Copy | None = None
    handlers: tuple[Handler | None, ...] = (None, None)
    newest: int = 0  # the newest that the copy ever stood at
    repeats_left: int = 1


class CopiesOfASubject(Model[Copying]):
    """The subject is created and changed; then, in the second model, erased."""

    events: tuple[int, ...] = (CREATED, CHANGED)

    def initial(self) -> Copying:
        return Copying(frozenset(self.events))

    def steps(self, state: Copying) -> Iterator[Step[Copying]]:
        for event in self.events:
            if event not in state.waiting and state.repeats_left:
                again = state._replace(waiting=state.waiting | {event}, repeats_left=0)
                yield Step(f"event {event} is delivered again", again, fault=True)
        for place, handler in enumerate(state.handlers):
            if handler is not None:
                yield self._go_on(state, place, handler)
                crashed = _hands(state, place, None)._replace(waiting=state.waiting | {handler.event})
                yield Step(f"crash at event {handler.event}", crashed, fault=True)
                continue
            for event in sorted(state.waiting):
                taken = state._replace(waiting=state.waiting - {event})
                yield Step(f"event {event} is taken up", _hands(taken, place, Handler(event)))

    def _go_on(self, state: Copying, place: int, handler: Handler) -> Step[Copying]:
        name = f"event {handler.event}"
        if handler.stage == "insert":
            return self._insert(state, place, handler)
        if not self.has(Guard.SEQUENCE_IN_FILTER) and handler.seen < 0:
            read = handler._replace(seen=state.copy.mark if state.copy else 0)
            return Step(f"{name}: reads the copy", _hands(state, place, read))
        if state.copy is None:
            return Step(f"{name}: finds no copy", _hands(state, place, handler._replace(stage="insert")))
        if self._is_newer(state.copy, handler):
            return Step(f"{name}: updates the copy", _hands(self._written(state, handler.event), place, None))
        if handler.stage == "update" and self.has(Guard.SEQUENCE_IN_FILTER):
            # matched nothing: the copy is newer or absent; the insert that follows tells which
            return Step(f"{name}: updates nothing", _hands(state, place, handler._replace(stage="insert")))
        return Step(f"{name}: is older, done", _hands(state, place, None))

    def _is_newer(self, copy: Copy, handler: Handler) -> bool:
        if not self.has(Guard.SEQUENCE):
            return True
        return handler.event > (copy.mark if self.has(Guard.SEQUENCE_IN_FILTER) else handler.seen)

    def _insert(self, state: Copying, place: int, handler: Handler) -> Step[Copying]:
        name = f"event {handler.event}"
        if state.copy is None:
            return Step(f"{name}: inserts the copy", _hands(self._written(state, handler.event), place, None))
        if self.has(Guard.DUPLICATE_KEY_ASKS_AGAIN):
            again = handler._replace(stage="update-again")
            return Step(f"{name}: another was first, asks again", _hands(state, place, again))
        return Step(f"{name}: another was first, done", _hands(state, place, None))

    def _written(self, state: Copying, event: int) -> Copying:
        newest = max(state.newest, event)
        if event == ERASED:
            tomb = Copy(ERASED, frozenset()) if self.has(Guard.MARK_OUTLIVES_COPY) else None
            return state._replace(copy=tomb, newest=newest)
        known = state.copy.facts if state.copy else frozenset[int]()
        full = frozenset(range(1, event + 1)) if self.has(Guard.FULL_STATE) else known | {event}
        return state._replace(copy=Copy(event, full), newest=newest)

    def broken(self, state: Copying) -> Iterator[Invariant]:
        if state.copy and ERASED in (state.newest,) and state.copy.facts:
            yield Invariant.ERASED_STAYS_ERASED
        if state.copy and state.copy.mark < state.newest:
            yield Invariant.NO_COPY_OLDER
        if self._at_rest(state) and not self._is_right(state):
            yield Invariant.NOTHING_LOST

    def _at_rest(self, state: Copying) -> bool:
        return not state.waiting and state.handlers == (None, None)

    def _is_right(self, state: Copying) -> bool:
        facts = state.copy.facts if state.copy else frozenset[int]()
        return facts == (frozenset() if ERASED in self.events else frozenset(self.events))

    def good(self, state: Copying) -> bool:
        return self._at_rest(state) and self._is_right(state)


class CopiesOfAnErasedSubject(CopiesOfASubject):
    """The same with an erasure as the third event."""

    events = (CREATED, CHANGED, ERASED)


def _hands(state: Copying, place: int, handler: Handler | None) -> Copying:
    return state._replace(handlers=(*state.handlers[:place], handler, *state.handlers[place + 1 :]))
