"""A notification: what one person is told about one event for one purpose, and how far the telling has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.calendar_file import CalendarFile
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import FAILED, NOT_SENT, QUEUED, Delivery
from services.notify.domain.telling import Telling


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
    """`because` is what the recipient is in the matter.

    `deliveries`: one per channel, in the order in which they were begun; none until somebody has looked up who the
    recipient is and what they want, which the worker does (`routed`).
    `read_at`, `acknowledged_at`: what the recipient did with it, which no delivery state tells.
    `calendar` goes with its mail and is let go once that is sent or given up; `encloses`: there is one, or was.
    """

    id: str
    recipient: str
    purpose: str
    because: str
    about: str
    cause: Cause
    queued_at: datetime
    deliveries: tuple[Delivery, ...]
    routed: bool = False
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None
    calendar: CalendarFile | None = None
    encloses: bool = False

    @property
    def state(self) -> str:
        """The best that any channel came to, as one word: how far the telling as a whole has come."""
        return furthest(delivery.state for delivery in self.deliveries)

    def by(self, channel: str) -> Delivery | None:
        """The delivery by a channel; nothing where it does not take that channel."""
        return next((each for each in self.deliveries if each.channel == channel), None)

    def delivery_by(self, channel: str) -> Delivery:
        """The delivery by a channel that it takes. Raises `LookupError` where it does not."""
        if delivery := self.by(channel):
            return delivery
        raise LookupError(f"{self.id} does not go by {channel}")

    def with_delivery(self, changed: Delivery) -> "Notification":
        """The notification with the delivery by that channel as it stands now, or with one more.

        The calendar file is kept for the mail alone.
        """
        others = tuple(changed if each.channel == changed.channel else each for each in self.deliveries)
        known = self.by(changed.channel) is not None
        done = changed.channel == EMAIL and changed.next_try is None
        return replace(
            self,
            deliveries=others if known else (*others, changed),
            calendar=None if done else self.calendar,
        )


def furthest(states: Iterable[str]) -> str:
    """The best of the states to which channels came, in the order in which they were begun."""
    all_of_them = tuple(states)
    behind = [state for state in all_of_them if state not in FAILED | {NOT_SENT}]
    return next(iter((*behind, *reversed(all_of_them))), QUEUED)


def notification_id(event_id: str, telling: Telling) -> str:
    """The same event, recipient and purpose give the same id, however often the event comes."""
    return document_id("ntf", derived(event_id, telling.recipient, telling.purpose))


def queue(
    telling: Telling, cause: Cause, *, now: datetime, calendar: CalendarFile | None = None
) -> Decision[Notification]:
    """A new notification, to be sent as soon as somebody gets round to it.

    It stands with the mails until it is known by which channels its recipient wants to hear.
    """
    notification = Notification(
        id=notification_id(cause.event, telling),
        recipient=telling.recipient,
        purpose=telling.purpose,
        because=telling.because,
        about=cause.about,
        cause=cause,
        queued_at=now,
        deliveries=(Delivery(EMAIL, next_try=now),),
        calendar=calendar,
        encloses=calendar is not None,
    )
    return Decision(notification, what="queued")


def due(notification: Notification) -> tuple[Due, ...]:
    """The moments at which its deliveries are to be looked at, by the names of their channels."""
    return tuple(Due(each.channel, each.next_try) for each in notification.deliveries if each.next_try)
