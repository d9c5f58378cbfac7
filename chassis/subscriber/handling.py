"""From a message's body to its handler."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.metrics import HANDLER_SECONDS
from chassis.subscriber.measuring import measured
from chassis.subscriber.tracing import traced
from contracts.catalogue import UnknownEventType, parse, read
from contracts.envelope import CloudEvent, EventData

Handler: TypeAlias = Callable[[CloudEvent, EventData], None]
Events: TypeAlias = Sequence[tuple[CloudEvent, EventData]]


@dataclass(frozen=True)
class Batch:
    """A handler that takes many events at once, to write their effects in one go.

    It is given the same events again, one by one, where it raises: what it wrote of them already must not count twice.
    """

    handle: Callable[[Events], None]

    def one(self, event: CloudEvent, data: EventData) -> None:
        """The batch of a single event."""
        self.handle([(event, data)])


Handlers: TypeAlias = Mapping[str, Handler | Batch]
"""What a service does about each event type."""


class NoHandler(UnknownEventType):
    """An event of a type that this service does nothing about: its queue should not have been given it."""


class Handling:
    """Finds and runs the handler of an event: read, measured, traced, tried again on a conflict."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers = {event_type: _wrapped(handler) for event_type, handler in handlers.items()}
        self.batches = {event_type: entry for event_type, entry in handlers.items() if isinstance(entry, Batch)}

    def __call__(self, body: bytes) -> None:
        """Has the event's effect. Raises `NotAnEvent` and its kinds, and whatever the handler raises."""
        event, data = self.read(body)
        self._handlers[event.type](event, data)

    def together(self, batch: Batch, bodies: Sequence[bytes]) -> None:
        """The same for many events of one batch handler; raises where any of them is not well."""
        events = [self.read(body) for body in bodies]
        with HANDLER_SECONDS.labels("batch").time():
            decided_again_on_conflict(batch.handle)(events)

    def read(self, body: bytes) -> tuple[CloudEvent, EventData]:
        """The event and its data. Raises `NotAnEvent`, `UnknownEventType`, `SchemaViolation`, `NoHandler`."""
        event = parse(body)
        if event.type not in self._handlers:
            data = read(event)
            raise NoHandler(type(data).type)
        return event, read(event)


def _wrapped(entry: Handler | Batch) -> Handler:
    handler = entry.one if isinstance(entry, Batch) else entry
    return measured(traced(decided_again_on_conflict(handler)))
