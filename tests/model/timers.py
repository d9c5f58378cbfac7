"""Timers: what is due becomes a command; two workers, crashes, moments that are moved."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

LAPSE, DIGEST, REMIND = "lapse", "digest", "remind"
"""Changes its own document; makes another document; is refused by a rule."""


class Due(NamedTuple):
    name: str
    moment: int = 1


class Found(NamedTuple):
    """What a worker has in hand; `acted`: its effect is written and the entry not yet struck off."""

    due: Due
    acted: bool = False


class Timing(NamedTuple):
    due: frozenset[Due]
    now: int = 0
    workers: tuple[Found | None, ...] = (None, None)
    applied: Due | None = None  # a window as long as one
    lapses: int = 0
    digests: int = 0
    too_early: bool = False
    others_left: int = 1


class TimersByTwoWorkers(Model[Timing]):
    """A document with three timers, one of which a person puts off; another decision may come in between."""

    def initial(self) -> Timing:
        return Timing(frozenset({Due(LAPSE), Due(DIGEST), Due(REMIND)}))

    def steps(self, state: Timing) -> Iterator[Step[Timing]]:
        if state.now < 2:
            yield Step("time passes", state._replace(now=state.now + 1))
        if Due(LAPSE) in state.due:
            moved = state.due - {Due(LAPSE)} | {Due(LAPSE, 2)}
            yield Step("a person puts the lapse off", state._replace(due=moved))
        if state.others_left:
            yield Step("another decision is written", state._replace(others_left=0, applied=None))
        for place, found in enumerate(state.workers):
            if found is not None:
                yield self._act(state, place, found)
                yield Step(f"crash of worker {place + 1}", _hands(state, place, None), fault=True)
                continue
            for due in sorted(due for due in state.due if due.moment <= state.now):
                yield Step(f"worker {place + 1}: finds {due.name} due", _hands(state, place, Found(due)))

    def _act(self, state: Timing, place: int, found: Found) -> Step[Timing]:
        name, due = f"worker {place + 1}", found.due
        after = _hands(state, place, None)
        if found.acted:
            return Step(f"{name}: strikes {due.name} off", after._replace(due=state.due - {due}))
        if due.name == REMIND:
            rest = state.due - {due} if self.has(Guard.REFUSAL_ENDS_TIMER) else state.due
            return Step(f"{name}: is refused {due.name}", after._replace(due=rest))
        if due.name == DIGEST:
            digests = 1 if self.has(Guard.TIMER_ID) else state.digests + 1
            made = _hands(state, place, found._replace(acted=True))
            return Step(f"{name}: makes the digest", made._replace(digests=digests))
        return self._lapse(state, place, found)

    def _lapse(self, state: Timing, place: int, found: Found) -> Step[Timing]:
        due, label = found.due, f"worker {place + 1}: lapses"
        at_once = self.has(Guard.DUE_WITH_DECISION)
        after = _hands(state, place, None if at_once else found._replace(acted=True))
        if state.applied == due:
            return Step(f"{label}, had done so", after._replace(due=state.due - {due} if at_once else state.due))
        if self.has(Guard.DUE_ASKED_AGAIN) and due not in state.due:
            return Step(f"{label} nothing, it is not due", _hands(state, place, None))
        rest = state.due - {due} if at_once else state.due
        moved = any(other.name == LAPSE and other != due for other in state.due)
        return Step(label, after._replace(due=rest, applied=due, lapses=state.lapses + 1, too_early=moved))

    def broken(self, state: Timing) -> Iterator[Invariant]:
        if state.too_early:
            yield Invariant.TIMERS_KEEP_TO_THE_MOMENT
        if state.lapses > 1 or state.digests > 1:
            yield Invariant.NO_EFFECT_TWICE

    def good(self, state: Timing) -> bool:
        return not state.due and state.workers == (None, None) and state.lapses == state.digests == 1


def _hands(state: Timing, place: int, found: Found | None) -> Timing:
    return state._replace(workers=(*state.workers[:place], found, *state.workers[place + 1 :]))
