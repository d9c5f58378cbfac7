"""What an attempt to send makes of a notification."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain import delivery
from services.notify.domain.delivery import Answer, Email
from services.notify.domain.events import NotificationHappening, NotificationSent, NotificationUndelivered
from services.notify.domain.notification import Notification


def attempted(notification: Notification, answer: Answer, *, now: datetime) -> Decision[Notification]:
    """One attempt was made: the mail is sent, will be tried again, or is given up."""
    tried = _delivered(notification, delivery.after(notification.email, answer, now=now))
    return Decision(tried, what=tried.email.state, events=_news(tried), why=answer.reason)


def put_off(notification: Notification, *, now: datetime) -> Decision[Notification]:
    """The recipient is not known here yet: their copy may come any moment, or never."""
    email = delivery.awaiting(notification.email, since=notification.queued_at, now=now)
    what = "given up" if email.state == delivery.NOT_SENT else "put off"
    return Decision(_delivered(notification, email), what=what, why=email.reason)


def _delivered(notification: Notification, email: Email) -> Notification:
    # The file was kept for the mail alone.
    return replace(notification, email=email, calendar=notification.calendar if email.next_try else None)


def _news(notification: Notification) -> tuple[NotificationHappening, ...]:
    if notification.email.state == delivery.SENT:
        return (NotificationSent(notification),)
    if notification.email.state == delivery.UNDELIVERED:
        return (NotificationUndelivered(notification),)
    return ()
