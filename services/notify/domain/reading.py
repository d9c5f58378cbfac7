"""What a recipient does with a notification: reads it, acknowledges it."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.notification import Notification


def read(notification: Notification, *, now: datetime) -> Decision[Notification] | None:
    """The recipient read it. `None` when they had before."""
    if notification.read_at:
        return None
    return Decision(replace(notification, read_at=now), what="read")


def acknowledge(notification: Notification, *, now: datetime) -> Decision[Notification] | None:
    """The recipient says that they know of it, and so has read it. `None` when they had before."""
    if notification.acknowledged_at:
        return None
    known = replace(notification, acknowledged_at=now, read_at=notification.read_at or now)
    return Decision(known, what="acknowledged")
