"""Something happened: whoever is to be told has a notification queued."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from contracts.envelope import CloudEvent, EventData
from contracts.research.versions import newest
from services.notify.application.ports import Notifications
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.roles import VISITOR
from services.notify.domain.telling import told


def notify_of(events: Sequence[tuple[CloudEvent, EventData]], notifications: Notifications, now: datetime) -> None:
    """Queues every notification that the events lead to, in one write; those queued before stay as they are."""
    if queued := [each for event, data in events for each in _queued(event, data, now)]:
        notifications.add_new(queued)


def _queued(event: CloudEvent, data: EventData, now: datetime) -> Iterator[tuple[Decision[Notification], Context]]:
    # Whichever of two versions comes first, what is kept of it is the same.
    facts, enclosed = taken_out(newest(data).model_dump(mode="json"))
    cause = Cause(
        event=event.id,
        correlation=event.correlationid,
        traceparent=event.traceparent,
        about=event.subject_id,
        facts=facts,
        happened_at=event.time,
        version=event.subject_version,
    )
    for telling in told(event.type, cause.facts):
        calendar = enclosed.for_reader(goes=telling.because == VISITOR)
        decision = queue(telling, cause, now=now, calendar=calendar)
        yield decision, in_chain_of(cause, decision.state.id.partition("_")[2], now)


def in_chain_of(cause: Cause, command_id: str, now: datetime) -> Context:
    """The circumstances of what the system does about an event, now or much later: the chain goes on."""
    return Context(
        command_id=command_id,
        actor=SYSTEM,
        now=now,
        correlation_id=cause.correlation,
        causation_id=cause.event,
        traceparent=cause.traceparent,
    )
