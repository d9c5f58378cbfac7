"""Version 1 of what the notify service tells of mails that came back."""

from typing import ClassVar

from pydantic import Field

from contracts.envelope import EventData
from contracts.notify.v2 import NotificationEvent


class NotificationBounced(NotificationEvent):
    """The next hop took the message, and it came back; never what it said, nor to which address."""

    type: ClassVar[str] = "notify.notification.bounced.v1"

    reason: str = Field(description="`bounced`, and the status of RFC 3463")
    for_good: bool = Field(description="the address will take nothing tomorrow either")


EVENTS: tuple[type[EventData], ...] = (NotificationBounced,)
