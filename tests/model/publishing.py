"""From a decision to the queues that want it: document, outbox, relays, broker."""

from collections.abc import Iterator

from tests.model.document import BOOKED, CANCELLED, HUGE, NONE, NOTED, document_steps, next_event
from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant
from tests.model.relay import WANTED, Exchange, Publishing, Relay, relay_steps


class PublishingByOneRelay(Model[Publishing]):
    """A relay, a service that decides, retention that deletes; everything may crash."""

    relays = 1

    def plan(self) -> tuple[str, ...]:
        """The events to be decided; one that is too large to publish is normally refused."""
        return (BOOKED, NOTED, CANCELLED) if self.has(Guard.SIZE_REFUSED_AT_DECISION) else (BOOKED, HUGE)

    def initial(self) -> Publishing:
        return Publishing(relays=(Relay(),) * self.relays)

    def steps(self, state: Publishing) -> Iterator[Step[Publishing]]:
        for label, document, fault in document_steps(self, state.document, self.plan()):
            yield Step(label, state._replace(document=document), fault)
        for number in range(self.relays):
            yield from relay_steps(self, state, number)
        if not state.exchange.topology:
            yield Step("bootstrap: declares the topology", state._replace(exchange=Exchange(topology=True)))

    def broken(self, state: Publishing) -> Iterator[Invariant]:
        document, exchange = state.document, state.exchange
        if document.deleted and document.outbox:
            yield Invariant.UNSENT_IS_KEPT
        travelling = NONE.union(*(relay.channel for relay in state.relays))
        unwanted = exchange.returned - WANTED
        if not document.decided <= document.outbox | {document.without_outbox} | travelling | exchange.queue | unwanted:
            yield Invariant.NOTHING_LOST
        if document.pulled & document.outbox:
            yield Invariant.SETTLED_STAYS

    def good(self, state: Publishing) -> bool:
        document = state.document
        done = document.deleted or next_event(document, self.plan()) is None
        return done and not document.outbox and state.exchange.topology


class PublishingByTwoRelays(PublishingByOneRelay):
    """The same with two copies of the relay."""

    relays = 2

    def plan(self) -> tuple[str, ...]:
        return (BOOKED, NOTED)
