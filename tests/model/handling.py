"""From a subscriber's queue to its effects: subscriber, failed events, retries, replays."""

from collections.abc import Iterator

from tests.model.explorer import Model, Step
from tests.model.failed_events import operator_steps, worker_steps
from tests.model.guards import Guard
from tests.model.invariants import Invariant
from tests.model.subscriber import GARBLED, GOOD, RAISING, Handling, subscriber_steps, with_one


class HandlingOfEvents(Model[Handling]):
    """Three events, any of them delivered once more at any time; subscriber and worker may crash."""

    events: tuple[str, ...] = (GARBLED, GOOD, RAISING)

    def initial(self) -> Handling:
        return Handling(queue=self.events)

    def steps(self, state: Handling) -> Iterator[Step[Handling]]:
        yield from subscriber_steps(self, state)
        yield from worker_steps(self, state)
        yield from operator_steps(self, state)
        if state.duplicates_left:
            for event in self.events:
                again = state._replace(duplicates_left=0, queue=with_one(state.queue, event))
                yield Step(f"relay publishes {event} once more", again, fault=True)

    def broken(self, state: Handling) -> Iterator[Invariant]:
        if any(held.acknowledged and held.stage == "to-store" for held in state.held):
            yield Invariant.STORED_BEFORE_ACKNOWLEDGED
        if len(set(state.effects)) < len(state.effects):
            yield Invariant.NO_EFFECT_TWICE
        stored = [failed.event for failed in state.failed]
        somewhere = {*state.queue, *state.effects, *stored, *(held.event for held in state.held)}
        if not somewhere.issuperset(self.events):
            yield Invariant.NOTHING_LOST
        if any(failed.dead and failed.event == GOOD for failed in state.failed):
            yield Invariant.GOOD_IS_NOT_DEAD
        if len(set(stored)) < len(stored) and self.has(Guard.REPLAY_KEEPS_ID):
            yield Invariant.KEPT_ONCE

    def good(self, state: Handling) -> bool:
        at_rest = not state.queue and not state.held and state.trial is None
        return at_rest and set(state.effects) == {GOOD, RAISING} and [f.event for f in state.failed] == [GARBLED]
