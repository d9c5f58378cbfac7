"""By which channels a notification goes: those that its recipient wants, and the next one where they all failed."""

from dataclasses import replace
from datetime import datetime

from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import FAILED, Delivery, dropped
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import Preferences
from services.notify.domain.purposes import PURPOSES

FALLBACK, NOT_WANTED = "fallback", "not-wanted"


def routed(notification: Notification, preferences: Preferences, *, now: datetime) -> Notification:
    """The notification with a delivery for each channel that its recipient wants for its category.

    Where they want none, the mail that it stood with is not sent, which says why.
    """
    wanted = preferences.paces(PURPOSES[notification.purpose].category)
    begun = tuple(Delivery(channel, next_try=now) for channel in wanted)
    unwanted = (dropped(Delivery(EMAIL), NOT_WANTED),)
    calendar = notification.calendar if EMAIL in wanted else None
    return replace(notification, deliveries=begun or unwanted, routed=True, calendar=calendar)


def fallen_back(notification: Notification, preferences: Preferences, *, now: datetime) -> Notification:
    """The same, with a delivery by the next channel where every one tried so far failed and one is left."""
    if any(delivery.state not in FAILED for delivery in notification.deliveries):
        return notification
    purpose = PURPOSES.get(notification.purpose)
    left = preferences.fallbacks(purpose.category) if purpose else ()
    following = next((channel for channel in left if notification.by(channel) is None), None)
    if following is None:
        return notification
    return notification.with_delivery(Delivery(following, next_try=now, reason=FALLBACK))
