"""What became of messages: for whoever has to find out why somebody was not reached."""

from typing import Literal

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import AgreementId, AgreementTrackId, ConsultationId, ImportId, OutcomeId, PersonId, VisitId
from services.notify.application.ports import Notifications
from services.notify.application.queries.views import View, text_of
from services.notify.domain.delivery import Delivery
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import may_follow_deliveries


class AskDeliveries(Command):
    """Everything given has to fit."""

    about: VisitId | ConsultationId | OutcomeId | AgreementId | AgreementTrackId | ImportId | None = None
    recipient: PersonId | None = None
    state: Literal["queued", "sent", "delivery_attempted", "undelivered", "not_sent", "bounced"] | None = None
    limit: PageSize = 50


def deliveries(asked: AskDeliveries, actor: Actor, notifications: Notifications) -> View:
    """`{items}`: notifications, newest first, with every attempt. Never what they say. Raises `NotAllowed`."""
    may_follow_deliveries(actor)
    found = notifications.search(about=asked.about, recipient=asked.recipient, state=asked.state, limit=asked.limit)
    return {"items": [_item(each) for each in found]}


def _item(found: Loaded[Notification]) -> View:
    notification = found.state
    return {
        "id": found.id,
        "recipient": notification.recipient,
        "purpose": notification.purpose,
        "because": notification.because,
        "about": notification.about,
        "at": notification.cause.happened_at.isoformat(),
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
