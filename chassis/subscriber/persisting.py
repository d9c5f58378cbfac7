"""Trying again at once when another write came in between."""

from collections.abc import Callable

from chassis.kernel.conflicts import decided_again_on_conflict
from contracts.envelope import CloudEvent, EventData


def again_on_conflict(handle: Callable[[CloudEvent, EventData], None]) -> Callable[[CloudEvent, EventData], None]:
    """The same handler, run again at once a few times while it raises `WriteConflict`; raises the last one."""

    def handle_persistently(event: CloudEvent, data: EventData) -> None:
        decided_again_on_conflict(lambda: handle(event, data))

    return handle_persistently
