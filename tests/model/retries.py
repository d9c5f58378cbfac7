"""Retries of failed events by two workers: claims, attempts, an outage, a retry that kills its worker.

Time moves in whole moments. What the handlers call is away for the first `OUTAGE` of them; a claim lasts for one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

FLAKY, KILLER, EARLY = "flaky", "killer", "early"
"""Fails during the outage; kills the worker; comes before the event whose copy it needs."""

OUTAGE, MOST_ATTEMPTS = 2, 3


class Entry(NamedTuple):
    """A failed event: attempts counted, moments until it is due, the worker whose claim it is under, how it ended."""

    event: str
    attempts: int = 0
    wait: int = 1
    claimed_by: int | None = None
    ended: str = ""


class Attempt(NamedTuple):
    """What a worker has in hand: the entry as it claimed it and, once tried, what came of it."""

    number: int
    entry: Entry
    result: str = ""


class Retrying(NamedTuple):
    entries: tuple[Entry, ...]
    workers: tuple[Attempt | None, ...] = (None, None)
    outage: int = OUTAGE
    copy_came: bool = False
    begun_again: bool = False
    faults_left: int = 1


class RetriesByTwoWorkers(Model[Retrying]):
    """Two workers; one of them may crash, or stall for longer than its claim lasts."""

    def initial(self) -> Retrying:
        return Retrying((Entry(EARLY), Entry(FLAKY), Entry(KILLER)))

    def steps(self, state: Retrying) -> Iterator[Step[Retrying]]:
        yield from _time(state)
        if not state.copy_came:
            yield Step("the other event's copy comes", state._replace(copy_came=True))
        for worker, attempt in enumerate(state.workers):
            if attempt is None:
                yield from self._claims(state, worker)
                continue
            yield self._go_on(state, worker, attempt)
            if state.faults_left:
                crashed = _hands(state, worker, None)._replace(faults_left=0)
                yield Step(f"crash of worker {worker + 1}", crashed, fault=True)

    def _claims(self, state: Retrying, worker: int) -> Iterator[Step[Retrying]]:
        """The first entry that is due, as an ordered query gives it."""
        due = [number for number, entry in enumerate(state.entries) if not entry.ended and not entry.wait]
        for number in due[:1]:
            entry = state.entries[number]
            label = f"worker {worker + 1}: takes up {entry.event}"
            if entry.attempts >= MOST_ATTEMPTS:
                dead = _put(state, number, entry._replace(ended="dead"))
                yield Step(f"{label}, out of attempts: a dead letter", dead)
                return
            attempts = entry.attempts + self.has(Guard.COUNT_BEFORE_TRY)
            wait = int(self.has(Guard.CLAIM_IS_CONDITIONAL))
            mine = entry._replace(attempts=attempts, wait=wait, claimed_by=worker)
            yield Step(label, _hands(_put(state, number, mine), worker, Attempt(number, mine)))

    def _go_on(self, state: Retrying, worker: int, attempt: Attempt) -> Step[Retrying]:
        event, name = attempt.entry.event, f"worker {worker + 1}"
        if attempt.result:
            return Step(f"{name}: writes that {event} {attempt.result}", self._write(state, worker, attempt))
        if event == KILLER:
            return Step(f"{name}: is killed by {event}", _hands(state, worker, None))
        missing = event == EARLY and not state.copy_came
        failed = missing or (event == FLAKY and state.outage > 0)
        waits = missing and self.has(Guard.WAITING_IS_NOT_FAILING)
        result = "waits" if waits else "failed" if failed else "succeeded"
        return Step(f"{name}: tries {event}: {result}", _hands(state, worker, attempt._replace(result=result)))

    def _write(self, state: Retrying, worker: int, attempt: Attempt) -> Retrying:
        after, entry = _hands(state, worker, None), state.entries[attempt.number]
        mine = entry.claimed_by == worker and not entry.ended
        if not mine and self.has(Guard.OUTCOME_NEEDS_CLAIM):
            return after
        if attempt.result == "succeeded":
            return _put(after, attempt.number, entry._replace(ended="handled", claimed_by=None))
        counted, counts = self.has(Guard.COUNT_BEFORE_TRY), attempt.result == "failed"
        attempts = attempt.entry.attempts + counts - counted
        again = entry._replace(attempts=attempts, wait=1, claimed_by=None, ended="")
        return _put(after._replace(begun_again=bool(entry.ended)), attempt.number, again)

    def broken(self, state: Retrying) -> Iterator[Invariant]:
        if any(entry.ended == "dead" and entry.event != KILLER for entry in state.entries):
            yield Invariant.GOOD_IS_NOT_DEAD
        if state.begun_again:
            yield Invariant.SETTLED_STAYS

    def good(self, state: Retrying) -> bool:
        ends = {entry.event: entry.ended for entry in state.entries}
        return ends == {EARLY: "handled", FLAKY: "handled", KILLER: "dead"}


def _time(state: Retrying) -> Iterator[Step[Retrying]]:
    """Moments pass; whoever is at work when its claim runs out has stalled, and that is a fault."""
    entries = tuple(entry._replace(wait=max(0, entry.wait - 1)) for entry in state.entries)
    after = state._replace(entries=entries, outage=max(0, state.outage - 1))
    if not any(attempt and state.entries[attempt.number].wait for attempt in state.workers):
        yield Step("time passes", after)
    elif state.faults_left:
        yield Step("time passes while a worker stalls", after._replace(faults_left=0), fault=True)


def _put(state: Retrying, number: int, entry: Entry) -> Retrying:
    return state._replace(entries=(*state.entries[:number], entry, *state.entries[number + 1 :]))


def _hands(state: Retrying, worker: int, attempt: Attempt | None) -> Retrying:
    return state._replace(workers=(*state.workers[:worker], attempt, *state.workers[worker + 1 :]))
