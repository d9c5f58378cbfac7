"""What follows from an event, as a command of the system's own."""

from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.tracing import current_traceparent
from contracts.envelope import CloudEvent


def caused_by(event: CloudEvent, purpose: str, now: datetime) -> Context:
    """The circumstances of what the event causes for one purpose, such as `expect_outcome`.

    The command's id is made of event and purpose, so that the event, told again, has its effect once. The chain goes
    on: its correlation, this event as the cause, and the trace, from the span of the handler where there is one.
    """
    return Context(
        command_id=derived(event.id, purpose),
        actor=SYSTEM,
        now=now,
        correlation_id=event.correlationid,
        causation_id=event.id,
        traceparent=current_traceparent() or event.traceparent,
    )
