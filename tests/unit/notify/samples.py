"""Notifications of every purpose, made from the golden samples of the events that lead to them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from contracts.catalogue import parse, read
from contracts.envelope import CloudEvent, EventData
from services.notify.adapters.samples import SampleLibrary, people_around
from services.notify.adapters.samples import sample_person as person
from services.notify.adapters.samples.announced import announced
from services.notify.adapters.samples.library import REMINDING, TOLD_WHERE
from services.notify.application.commands import remind
from services.notify.application.reactions import keep_reminders
from services.notify.domain import sending
from services.notify.domain.announcement import ANNOUNCEMENT
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import Answer
from services.notify.domain.escalation import telling as escalation
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.preferences import usual
from services.notify.domain.reminders import table as reminders
from services.notify.domain.roles import VISITOR
from services.notify.domain.telling import PURPOSES, TABLE, told
from tests.event_factory import make_event
from tests.fakes.notify import FakeNotifications, FakeReminders

NOW = datetime(2026, 2, 3, 2, 14, 10, tzinfo=UTC)

__all__ = ["people_around", "person"]

EVERY_PURPOSE = (*PURPOSES, *reminders.PURPOSES, *escalation.PURPOSES, ANNOUNCEMENT)


def told_of(event_type: str, *, envelope: dict[str, Any] | None = None, **data: Any) -> tuple[CloudEvent, EventData]:
    """An event of the type as a handler is given it: its golden sample, some of its data replaced."""
    event = parse(orjson.dumps(make_event(event_type, envelope=envelope, **data)))
    return event, read(event)


def notifications_of(event_type: str, **data: Any) -> list[Notification]:
    """What the event leads to, queued now."""
    event, read_data = told_of(event_type, **data)
    facts, enclosed = taken_out(read_data.model_dump(mode="json"))
    cause = Cause(
        event.id, event.correlationid, event.traceparent, event.subject_id, facts, event.time, event.subject_version
    )
    return [
        queue(telling, cause, now=NOW, calendar=enclosed.for_reader(goes=telling.because == VISITOR)).state
        for telling in told(event.type, facts)
    ]


def reminders_of(event_type: str, **data: Any) -> list[Notification]:
    """What people are reminded of after the event, moment by moment."""
    kept, queued = FakeReminders(), FakeNotifications(lambda: 0.0)
    keep_reminders([told_of(event_type, **data)], kept, NOW)
    ((reminder_id, reminder),) = ((each, document.state) for each, document in kept.kept.items())
    for moment in reminder.awaited:
        remind(reminder_id, Context(moment.id_in(reminder_id), SYSTEM, moment.at), kept, queued)
    return [document.state for document in queued.kept.values()]


def attempted(notification: Notification, answer: Answer, *, now: datetime = NOW) -> Decision[Notification]:
    """One attempt by mail, for somebody who has said nothing about how they want to be told."""
    delivery, preferences = notification.delivery_by(EMAIL), usual(notification.recipient)
    return sending.attempted(notification, delivery, answer=answer, preferences=preferences, now=now)


def one_of_each_purpose() -> dict[str, Notification]:
    """A notification of each purpose."""
    return {notification.purpose: notification for notification in reversed(list(_everything()))}


def _everything() -> Iterator[Notification]:
    for event_type in TABLE:
        yield from notifications_of(event_type, **TOLD_WHERE.get(event_type, {}))
    for event_type in REMINDING:
        yield from reminders_of(event_type)
    yield from announced()
    for purpose in escalation.PURPOSES:
        yield from SampleLibrary().of(purpose).values()
