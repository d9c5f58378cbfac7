"""What an attempt to send by one channel makes of a notification."""

from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain import delivery
from services.notify.domain.delivery import Answer, Delivery
from services.notify.domain.events import NotificationHappening, NotificationSent, NotificationUndelivered
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import Preferences
from services.notify.domain.routing import fallen_back


def attempted(
    notification: Notification, tried: Delivery, *, answer: Answer, preferences: Preferences, now: datetime
) -> Decision[Notification]:
    """One attempt was made: the message is sent, will be tried again, or is given up on this channel.

    Where it was the last channel tried that might have reached the person, the next one is begun.
    """
    stands = delivery.after(tried, answer, now=now)
    after = notification.with_delivery(stands)
    goes_on = fallen_back(after, preferences, now=now)
    return Decision(goes_on, what=stands.state, events=_news(after, stands), why=answer.reason)


def put_off(notification: Notification, waiting: Delivery, *, now: datetime) -> Decision[Notification]:
    """The recipient is not known here yet: their copy may come any moment, or never."""
    stands = delivery.awaiting(waiting, since=notification.queued_at, now=now)
    what = "given up" if stands.state == delivery.NOT_SENT else "put off"
    return Decision(notification.with_delivery(stands), what=what, why=stands.reason)


def hold(notification: Notification, waiting: Delivery, *, until: datetime, reason: str) -> Decision[Notification]:
    """A rule keeps the message back until a moment."""
    return Decision(notification.with_delivery(delivery.held(waiting, until, reason)), what="held back", why=reason)


def drop(notification: Notification, waiting: Delivery, *, reason: str, detail: str = "") -> Decision[Notification]:
    """A rule says that the message is not to be sent by this channel."""
    return Decision(notification.with_delivery(delivery.dropped(waiting, reason, detail)), what="not sent", why=reason)


def _news(notification: Notification, stands: Delivery) -> tuple[NotificationHappening, ...]:
    if stands.state == delivery.SENT:
        return (NotificationSent(notification, stands),)
    if stands.state == delivery.UNDELIVERED:
        return (NotificationUndelivered(notification, stands),)
    return ()
