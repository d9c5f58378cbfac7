"""The whole way, from a decision to its effect elsewhere: publishing and handling as one, crashing at will."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.document import BOOKED, CANCELLED, NONE, document_steps, next_event
from tests.model.explorer import Model, Step
from tests.model.failed_events import operator_steps, worker_steps
from tests.model.invariants import Invariant
from tests.model.relay import Exchange, Publishing, relay_steps
from tests.model.subscriber import GOOD, RAISING, Handling, subscriber_steps, with_one

HANDLED_AS = {BOOKED: RAISING, CANCELLED: GOOD}


class Pipeline(NamedTuple):
    publishing: Publishing
    handling: Handling


class FromDecisionToEffect(Model[Pipeline]):
    """One document, one relay, one subscriber with its worker; an event whose handler raises until the fix.

    It may be in the queue or in hand twice: a third publication would do what the second did.
    """

    plan: tuple[str, ...] = (BOOKED,)
    most_at_once = 2

    def initial(self) -> Pipeline:
        return Pipeline(Publishing(exchange=Exchange(topology=True)), Handling(duplicates_left=0))

    def steps(self, state: Pipeline) -> Iterator[Step[Pipeline]]:
        publishing, handling = state
        for label, document, fault in document_steps(self, publishing.document, self.plan):
            yield Step(label, state._replace(publishing=publishing._replace(document=document)), fault)
        for step in relay_steps(self, publishing, 0):
            yield Step(step.label, self._delivered(step.state, handling), step.fault)
        for part in (subscriber_steps, worker_steps, operator_steps):
            for label, after, fault in part(self, handling):
                yield Step(label, state._replace(handling=after), fault)

    def broken(self, state: Pipeline) -> Iterator[Invariant]:
        publishing, handling = state
        document = publishing.document
        if len(set(handling.effects)) < len(handling.effects):
            yield Invariant.NO_EFFECT_TWICE
        arrived = {*handling.queue, *handling.effects, *(held.event for held in handling.held)}
        arrived |= {failed.event for failed in handling.failed}
        waiting = document.outbox | publishing.relays[0].channel | {document.without_outbox}
        if any(HANDLED_AS[event] not in arrived for event in document.decided - waiting):
            yield Invariant.NOTHING_LOST

    def good(self, state: Pipeline) -> bool:
        document, handling = state.publishing.document, state.handling
        expected = {HANDLED_AS[event] for event in document.decided}
        published = not document.outbox and (document.deleted or next_event(document, self.plan) is None)
        handled = not (handling.queue or handling.held or handling.failed or handling.trial)
        return published and handled and set(handling.effects) == expected

    def _delivered(self, publishing: Publishing, handling: Handling) -> Pipeline:
        """What the exchange took goes straight to the subscriber's queue."""
        for published in sorted(publishing.exchange.queue):
            event = HANDLED_AS[published]
            there = handling.queue.count(event) + sum(held.event == event for held in handling.held)
            if there < self.most_at_once:
                handling = handling._replace(queue=with_one(handling.queue, event))
        exchange = publishing.exchange._replace(queue=NONE)
        return Pipeline(publishing._replace(exchange=exchange), handling)


class FromTwoDecisionsToEffects(FromDecisionToEffect):
    """The same with a second event that is handled at once; each is in the queue or in hand once at a time."""

    plan, most_at_once = (BOOKED, CANCELLED), 1
