"""A timer whose command kills its worker, before another in the order in which they are due."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

MOST_ATTEMPTS = 2


class Timer(NamedTuple):
    """`wait`: moments until it is due. `ended`: acted or set aside (for a person to see to)."""

    kills: bool
    wait: int = 0
    attempts: int = 0
    ended: str = ""


class Queueing(NamedTuple):
    timers: tuple[Timer, ...]
    working_on: int | None = None
    crashes_left: int = 1


class TimerThatKills(Model[Queueing]):
    """One worker, two timers; the deadly one comes first."""

    def initial(self) -> Queueing:
        return Queueing((Timer(kills=True), Timer(kills=False)))

    def steps(self, state: Queueing) -> Iterator[Step[Queueing]]:
        if any(timer.wait for timer in state.timers):
            timers = tuple(timer._replace(wait=0) for timer in state.timers)
            yield Step("time passes", state._replace(timers=timers))
        if state.working_on is not None:
            yield from self._act(state, state.working_on)
            return
        due = [number for number, timer in enumerate(state.timers) if not timer.ended and not timer.wait]
        for number in due[:1]:
            yield self._take(state, number)

    def _take(self, state: Queueing, number: int) -> Step[Queueing]:
        timer = state.timers[number]
        if timer.attempts >= MOST_ATTEMPTS:
            return Step(f"worker: sets timer {number + 1} aside", _put(state, number, timer._replace(ended="aside")))
        if self.has(Guard.TIMER_PUT_OFF_FIRST):
            state = _put(state, number, timer._replace(wait=1, attempts=timer.attempts + 1))
        return Step(f"worker: takes up timer {number + 1}", state._replace(working_on=number))

    def _act(self, state: Queueing, number: int) -> Iterator[Step[Queueing]]:
        timer, free = state.timers[number], state._replace(working_on=None)
        if timer.kills:
            yield Step("worker: is killed by the timer", free)
        else:
            yield Step("worker: acts", _put(free, number, timer._replace(ended="acted")))
            if state.crashes_left:
                yield Step("crash of the worker", free._replace(crashes_left=0), fault=True)

    def broken(self, state: Queueing) -> Iterator[Invariant]:
        if any(timer.ended == "aside" and not timer.kills for timer in state.timers):
            yield Invariant.GOOD_IS_NOT_DEAD

    def good(self, state: Queueing) -> bool:
        return [timer.ended for timer in state.timers] == ["aside", "acted"]


def _put(state: Queueing, number: int, timer: Timer) -> Queueing:
    return state._replace(timers=(*state.timers[:number], timer, *state.timers[number + 1 :]))
