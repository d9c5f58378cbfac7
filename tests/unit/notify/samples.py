"""Notifications of every purpose, made from the golden samples of the events that lead to them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import orjson

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from contracts.catalogue import parse, read
from contracts.envelope import CloudEvent, EventData
from services.notify.application.commands import remind
from services.notify.application.reactions import keep_reminders
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.person import Person
from services.notify.domain.reminders import table as reminders
from services.notify.domain.telling import PURPOSES, TABLE, VISITOR, people_in, told
from tests.event_factory import make_event
from tests.fakes.notify import FakeNotifications, FakeReminders

NOW = datetime(2026, 2, 3, 2, 14, 10, tzinfo=UTC)

EVERY_PURPOSE = (*PURPOSES, *reminders.PURPOSES)

AYESHA, GUO, FATIMA = "Ayesha Karim", "GUO Minghui", "Fatima Baig"


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


def one_of_each_purpose() -> dict[str, Notification]:
    """A notification of each purpose."""
    return {notification.purpose: notification for notification in reversed(list(_everything()))}


_TOLD_WHERE: dict[str, dict[str, Any]] = {
    "exchange.visit.replied.v1": {"state": "pending"},
    "exchange.consultation.replied.v1": {"state": "pending"},
    "exchange.consultation.action-overdue.v1": {"chased": 2},
    "exchange.consultation.participants-changed.v1": {"by": "per_somebody-else"},
}
"""What is told to everybody only where this is so."""


_REMINDING: dict[str, dict[str, Any]] = {
    "exchange.visit.proposed.v1": {},
    "exchange.visit.booked.v1": {},
    "exchange.visit.arrived.v1": {},
    "exchange.consultation.proposed.v1": {},
    "exchange.agreement.took-effect.v1": {},
}
"""One event for each thing that is counted back from."""


def _everything() -> Iterator[Notification]:
    for event_type in TABLE:
        yield from notifications_of(event_type, **_TOLD_WHERE.get(event_type, {}))
    for event_type, data in _REMINDING.items():
        yield from reminders_of(event_type, **data)


def person(person_id: str, language: str = "en", **fields: Any) -> Person:
    """A person who reads the language."""
    names = {"en": (AYESHA, ""), "zh": (GUO, "郭明辉"), "ur": (FATIMA, "فاطمہ بیگ")}
    zones = {"en": "Asia/Karachi", "zh": "Asia/Shanghai", "ur": "Asia/Karachi"}
    passport_name, local_name = names[language]
    known: dict[str, Any] = {"passport_name": passport_name, "local_name": local_name, "zone": zones[language]}
    return Person(person_id, language=language, **(known | {"email": f"{language}@hospital.example"} | fields))


def people_around(notification: Notification, reader: Person) -> dict[str, Person]:
    """Everybody whom the notification may name, and its reader."""
    others = sorted(people_in(notification.cause.facts) - {reader.id})
    cast = dict(zip(others, cycle(("zh", "ur", "en", "zh", "ur")), strict=False))
    return {each: person(each, language) for each, language in cast.items()} | {reader.id: reader}
