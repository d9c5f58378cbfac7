"""How long handlers take."""

from collections.abc import Callable

from chassis.metrics import HANDLER_SECONDS
from contracts.envelope import CloudEvent, EventData


def measured(handle: Callable[[CloudEvent, EventData], None]) -> Callable[[CloudEvent, EventData], None]:
    """The same handler, its time recorded by event type."""

    def handle_measured(event: CloudEvent, data: EventData) -> None:
        with HANDLER_SECONDS.labels(event.type).time():
            handle(event, data)

    return handle_measured
