"""Version 1 of the notify service's events: what became of a message."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData
from contracts.words import NotificationId, PersonId, SiteId, WebhookId


class NotificationEvent(EventData):
    """What became of one notification on one channel; never its text."""

    notification: NotificationId
    recipient: PersonId
    purpose: str
    about: str
    channel: Literal["email"]
    attempts: int


class NotificationSent(NotificationEvent):
    """The next hop took the message."""

    type: ClassVar[str] = "notify.notification.sent.v1"


class NotificationUndelivered(NotificationEvent):
    """Every attempt failed; `reason` is the last answer."""

    type: ClassVar[str] = "notify.notification.undelivered.v1"

    reason: str


class WebhookDisabled(EventData):
    """Nothing is sent to a webhook any more, and nobody has disabled it: its receiver did, or has failed for days."""

    type: ClassVar[str] = "notify.webhook.disabled.v1"

    webhook: WebhookId
    site: SiteId | None = Field(default=None, description="whose it is; absent for the alliance's")
    host: str = Field(description="where it is: the address may have secrets in it, and its host has none")
    description: str
    registered_by: PersonId
    reason: Literal["gone", "failing"] = Field(
        description="gone: the receiver answered 410; failing: everything that was tried for days failed"
    )


class WebhookTested(EventData):
    """Sent to one webhook alone, at somebody's wish, to see whether it is taken; it is never published here."""

    type: ClassVar[str] = "notify.webhook.tested.v1"

    webhook: WebhookId
    by: PersonId | None = None


EVENTS: tuple[type[EventData], ...] = (
    NotificationSent,
    NotificationUndelivered,
    WebhookDisabled,
    WebhookTested,
)
