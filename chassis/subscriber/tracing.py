"""Handlers as spans of the trace in which their event was decided."""

from collections.abc import Callable

from opentelemetry.trace import SpanKind

from chassis.tracing import span
from contracts.envelope import CloudEvent, EventData


def traced(handle: Callable[[CloudEvent, EventData], None]) -> Callable[[CloudEvent, EventData], None]:
    """The same handler, run inside a consumer span that continues the event's `traceparent`."""

    def handle_traced(event: CloudEvent, data: EventData) -> None:
        facts = {"messaging.system": "rabbitmq", "messaging.message.id": event.id, "cloudevents.event_type": event.type}
        with span(f"handle {event.type}", SpanKind.CONSUMER, event.traceparent, facts):
            handle(event, data)

    return handle_traced
