"""Version 2 of the notify service's events: what became of a message on whatever channel it took."""

from typing import ClassVar

from contracts.envelope import EventData
from contracts.words import Channel, NotificationId, PersonId


class NotificationEvent(EventData):
    """What became of one notification on one channel; never its text."""

    notification: NotificationId
    recipient: PersonId
    purpose: str
    about: str
    channel: Channel
    attempts: int


class NotificationSent(NotificationEvent):
    """The next hop took the message."""

    type: ClassVar[str] = "notify.notification.sent.v2"


class NotificationUndelivered(NotificationEvent):
    """Every attempt failed; `reason` is the last answer."""

    type: ClassVar[str] = "notify.notification.undelivered.v2"

    reason: str


EVENTS: tuple[type[EventData], ...] = (NotificationSent, NotificationUndelivered)
