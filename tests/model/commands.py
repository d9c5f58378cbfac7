"""A command that changes a document: deadlines, lost answers, repeats, other decisions in between.

`left` counts the moments until a request's deadline: below 0 it has passed, and at `GIVEN_UP` its caller stops waiting.
The moment between is the grace: what a write may take that was begun in time.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

GIVEN_UP = -2
DONE, STALE, REFUSED, TOO_LATE = "done", "stale", "refused", "too late"
OURS, OTHERS = "ours", "another's"


class Request(NamedTuple):
    """The command on its way: which sending of it, and the moments until its deadline."""

    sending: int
    left: int = 1


class Work(NamedTuple):
    """A worker's hands. `stage`: load, decided, writing, answer, answered. `age`: of a write, in moments."""

    request: Request
    stage: str = "load"
    seen: int = 0
    age: int = 0
    answer: str = ""


class Commanding(NamedTuple):
    caller: str = "ready"  # ready, waiting, unknown, abandoned, or the answer it got
    patience: int = 0
    sendings: int = 0
    queue: tuple[Request, ...] = ()
    workers: tuple[Work | None, ...] = (None, None)
    version: int = 1
    applied: str = ""  # a window as long as one
    executed: int = 0
    allowed: bool = False  # what the command's rule asks, in some other document
    saved_late: bool = False
    on_past: bool = False  # a decision was written over another that it had not seen


class CommandsWithDeadlines(Model[Commanding]):
    """One caller who may repeat once, one other decision, a service of two workers that may crash and be slow."""

    def initial(self) -> Commanding:
        return Commanding()

    def steps(self, state: Commanding) -> Iterator[Step[Commanding]]:
        yield from _caller(state)
        if state.caller == "waiting" and not self.has(Guard.REPEAT_AFTER_GRACE):
            yield Step("caller loses its connection", state._replace(caller="unknown"), fault=True)
        yield Step("time passes", _later(state))
        if state.version - state.executed < 2:
            other = state._replace(version=state.version + 1, applied=OTHERS)
            yield Step("another decision is written", other)
        if not state.allowed:
            yield Step("what the rule asks comes true", state._replace(allowed=True))
        for place, work in enumerate(state.workers):
            if work is None and state.queue:
                taken = _hands(state._replace(queue=state.queue[1:]), place, Work(state.queue[0]))
                yield Step("service: takes the request", taken)
            elif work is not None:
                yield from self._work(state, place, work)

    def _work(self, state: Commanding, place: int, work: Work) -> Iterator[Step[Commanding]]:
        again = () if self.has(Guard.REQUEST_ACKED_FIRST) else (work.request,)
        yield Step("crash of the service", _hands(state, place, None)._replace(queue=again + state.queue), fault=True)
        if work.stage == "load":
            yield Step("service: loads and decides", _hands(state, place, self._decide(state, work)))
        elif work.stage == "decided":
            late = work.request.left < 0 and self.has(Guard.DEADLINE_BEFORE_SAVE)
            after = work._replace(stage="answer", answer=TOO_LATE) if late else work._replace(stage="writing")
            yield Step(f"service: {'is too late' if late else 'begins to write'}", _hands(state, place, after))
        elif work.stage == "writing":
            yield self._write(state, place, work)
        elif work.stage == "answer":
            yield from self._answer(state, place, work)
        else:
            yield Step("service: acknowledges the request", _hands(state, place, None))

    def _decide(self, state: Commanding, work: Work) -> Work:
        if self.has(Guard.APPLIED_IDS) and state.applied == OURS:
            return work._replace(stage="answer", answer=DONE)
        if self.has(Guard.EXPECTED_VERSION) and state.version != 1:
            return work._replace(stage="answer", answer=STALE)
        if not state.allowed:
            return work._replace(stage="answer", answer=REFUSED)
        return work._replace(stage="decided", seen=state.version)

    def _write(self, state: Commanding, place: int, work: Work) -> Step[Commanding]:
        if work.age > 1 and self.has(Guard.WRITE_SHORTER_THAN_GRACE):
            return Step("service: the write gives up", _hands(state, place, None))
        on_past = work.seen != state.version
        if on_past and self.has(Guard.VERSION_IN_FILTER):
            return Step("service: the write conflicts", _hands(state, place, Work(work.request)))
        saved = _hands(state, place, work._replace(stage="answer", answer=DONE))
        saved = saved._replace(version=state.version + 1, applied=OURS, executed=state.executed + 1)
        late = work.request.left <= GIVEN_UP
        return Step("service: the write is done", saved._replace(saved_late=late, on_past=on_past))

    def _answer(self, state: Commanding, place: int, work: Work) -> Iterator[Step[Commanding]]:
        idle = None if self.has(Guard.REQUEST_ACKED_FIRST) else work._replace(stage="answered")
        after = _hands(state, place, idle)
        yield Step("the answer is lost", after, fault=True)
        heard = state.caller == "waiting" and work.request.sending == state.sendings and work.answer != TOO_LATE
        yield Step(f"service: answers {work.answer}", after._replace(caller=work.answer) if heard else after)

    def broken(self, state: Commanding) -> Iterator[Invariant]:
        if state.executed > 1:
            yield Invariant.NO_EFFECT_TWICE
        if state.on_past:
            yield Invariant.DECIDED_ON_PRESENT
        if state.saved_late:
            yield Invariant.SAVED_IN_TIME
        others = state.version - 1 - state.executed
        if state.executed and (state.caller == REFUSED or (state.caller == STALE and not others)):
            yield Invariant.ANSWERED_TRULY

    def good(self, state: Commanding) -> bool:
        at_rest = not state.queue and state.workers == (None, None)
        return at_rest and state.caller in (DONE, STALE, REFUSED, "abandoned")


def _caller(state: Commanding) -> Iterator[Step[Commanding]]:
    if state.caller in ("ready", "unknown") and state.sendings < 2:
        request = Request(state.sendings + 1)
        sent = state._replace(caller="waiting", patience=1, sendings=request.sending, queue=(*state.queue, request))
        yield Step("caller: sends the command", sent)
    if state.caller == "waiting" and state.patience <= GIVEN_UP:
        yield Step("caller: gives up, outcome unknown", state._replace(caller="unknown"))
    if state.caller == "unknown":
        yield Step("caller: never asks again", state._replace(caller="abandoned"))


def _hands(state: Commanding, place: int, work: Work | None) -> Commanding:
    return state._replace(workers=(*state.workers[:place], work, *state.workers[place + 1 :]))


def _later(state: Commanding) -> Commanding:
    def older(request: Request) -> Request:
        return request._replace(left=max(GIVEN_UP, request.left - 1))

    workers = tuple(
        work and work._replace(request=older(work.request), age=min(2, work.age + (work.stage == "writing")))
        for work in state.workers
    )
    queue = tuple(older(request) for request in state.queue)
    return state._replace(queue=queue, workers=workers, patience=max(GIVEN_UP, state.patience - 1))
