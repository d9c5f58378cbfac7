"""A notification: what one person is told about one event for one purpose, and how far the telling has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.calendar_file import CalendarFile
from services.notify.domain.delivery import Email
from services.notify.domain.telling import Telling

MAIL = "mail"


@dataclass(frozen=True)
class Cause:
    """The event that led to a notification: its id, the chain that it stands in, and what was told when about what.

    `version`: that of what it is about, when it happened; 0 in notifications that were queued before it was kept.
    """

    event: str
    correlation: str
    traceparent: str | None
    about: str
    facts: Mapping[str, Any]
    happened_at: datetime
    version: int = 0


@dataclass(frozen=True)
class Notification:
    """`because` is what the recipient is in the matter. `read_at`: when they read it, which no delivery state tells.

    `acknowledged_at`: when they said so, where they were asked to or not.
    `calendar` goes with its mail and is let go once that is sent or given up.
    """

    id: str
    recipient: str
    purpose: str
    because: str
    about: str
    cause: Cause
    queued_at: datetime
    email: Email
    read_at: datetime | None = None
    calendar: CalendarFile | None = None
    acknowledged_at: datetime | None = None


def notification_id(event_id: str, telling: Telling) -> str:
    """The same event, recipient and purpose give the same id, however often the event comes."""
    return document_id("ntf", derived(event_id, telling.recipient, telling.purpose))


def queue(
    telling: Telling, cause: Cause, *, now: datetime, calendar: CalendarFile | None = None
) -> Decision[Notification]:
    """A new notification, to be sent as soon as somebody gets round to it."""
    notification = Notification(
        id=notification_id(cause.event, telling),
        recipient=telling.recipient,
        purpose=telling.purpose,
        because=telling.because,
        about=cause.about,
        cause=cause,
        queued_at=now,
        email=Email(next_try=now),
        calendar=calendar,
    )
    return Decision(notification, what="queued")


def read(notification: Notification, *, now: datetime) -> Decision[Notification] | None:
    """The recipient read it. `None` when they had before."""
    if notification.read_at:
        return None
    return Decision(replace(notification, read_at=now), what="read")


def acknowledge(notification: Notification, *, now: datetime) -> Decision[Notification] | None:
    """The recipient says that they know of it, and so has read it. `None` when they had said so before."""
    if notification.acknowledged_at:
        return None
    known = replace(notification, acknowledged_at=now, read_at=notification.read_at or now)
    return Decision(known, what="acknowledged")


def due(notification: Notification) -> tuple[Due, ...]:
    """The moment at which the mail is to be tried, while it still is."""
    return (Due(MAIL, notification.email.next_try),) if notification.email.next_try else ()
