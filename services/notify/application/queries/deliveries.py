"""What became of messages: for whoever has to find out why somebody was not reached."""

from dataclasses import fields
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from chassis.commands import Command, Moment, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import NotificationId, PersonId
from services.notify.application.gate import ChannelName
from services.notify.application.ports import Notifications
from services.notify.application.queries.views import About, View, text_of
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.delivery import Delivery
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import may_follow_deliveries

Purpose = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,59}$")]
_NARROWER = ("about", "recipient", "state", "purpose", "since")


class AskDeliveries(Command):
    """Everything given has to fit; `state` and `channel` are those of one delivery, where both are given.

    `since` and `until`: when it was queued. `after` is the `next` of the page before.
    """

    about: About | None = None
    recipient: PersonId | None = None
    state: Literal["queued", "sent", "delivery_attempted", "undelivered", "not_sent", "bounced"] | None = None
    channel: ChannelName | None = None
    purpose: Purpose | None = None
    since: Moment | None = None
    until: Moment | None = None
    after: NotificationId | None = None
    limit: PageSize = 50

    @model_validator(mode="after")
    def _asks_for_few(self) -> Self:
        if self.channel and all(getattr(self, name) is None for name in _NARROWER):
            raise ValueError(f"beside a channel one of these is needed: {', '.join(_NARROWER)}")
        return self


def deliveries(asked: AskDeliveries, actor: Actor, notifications: Notifications) -> View:
    """`{items, next}`: notifications, newest first, with every attempt. Never what they say. Raises `NotAllowed`."""
    may_follow_deliveries(actor)
    sought = SoughtNotifications(**{field.name: getattr(asked, field.name) for field in fields(SoughtNotifications)})
    page = notifications.search(sought, after=asked.after, limit=asked.limit)
    return {"items": list(map(item, page)), "next": page[-1].id if len(page) == asked.limit else None}


def item(found: Loaded[Notification]) -> View:
    """A notification with its deliveries and their attempts, as plain values."""
    notification = found.state
    return {
        "id": found.id,
        "recipient": notification.recipient,
        "purpose": notification.purpose,
        "because": notification.because,
        "about": notification.about,
        "at": notification.cause.happened_at.isoformat(),
        "queued_at": notification.queued_at.isoformat(),
        "state": notification.state,
        "read_at": text_of(notification.read_at),
        "acknowledged_at": text_of(notification.acknowledged_at),
        "deliveries": [_delivery(each) for each in notification.deliveries],
    }


def _delivery(delivery: Delivery) -> View:
    return {
        "channel": delivery.channel,
        "state": delivery.state,
        "reason": delivery.reason,
        "detail": delivery.detail,
        "next_try": text_of(delivery.next_try),
        "attempts": [
            {"at": each.at.isoformat(), "state": each.state, "reason": each.reason, "detail": each.detail}
            for each in delivery.attempts
        ],
    }
