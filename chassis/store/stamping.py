"""A decision's events, stamped as CloudEvents, ready to stand in the outbox."""

from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from chassis.outbox import entry_of
from contracts.catalogue import dataschema
from contracts.envelope import LARGEST_EVENT, CloudEvent, EventData, sequence


class EventTooLarge(Refusal):
    """What was decided has more to tell than an event may hold. Facts: `type`, `size`, `most`, in bytes."""


def stamp(
    data: EventData, *, service: str, subject: str, version: int, number: int, context: Context
) -> dict[str, str]:
    """The outbox entry of one event.

    `version`: the document's version after the decision; `number`: the event's place within it, from 0.
    The id is made of both, so that the same decision never yields two, and versions of one event share it.
    Raises `EventTooLarge`.
    """
    place = sequence(version, number)
    event = CloudEvent(
        id=derived(subject, place),
        source=f"/khunjerab/{service}",
        type=data.type,
        subject=subject,
        time=context.now,
        dataschema=dataschema(data.type),
        sequence=place,
        correlationid=context.correlation_id or context.command_id,
        causationid=context.causation_id or context.command_id,
        traceparent=context.traceparent,
        data=data.model_dump(mode="json"),
    )
    entry = entry_of(event)
    if (size := len(entry["body"].encode())) > LARGEST_EVENT:
        # Decided, it could never be published: the broker would close the relay's channel over it again and again.
        raise EventTooLarge(type=data.type, size=size, most=LARGEST_EVENT)
    return entry
