"""What became of the events that one webhook was to be told of."""

from typing import Literal

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import WebhookDeliveryId, WebhookId
from services.notify.application.queries.views import View, text_of
from services.notify.application.webhooks import WebhookDeliveries, Webhooks, seen
from services.notify.domain.webhooks.delivery import WebhookDelivery


class AskWebhookDeliveries(Command):
    """`after` is the `next` of the page before."""

    webhook_id: WebhookId
    state: Literal["queued", "delivery_attempted", "delivered", "undelivered", "not_sent"] | None = None
    after: WebhookDeliveryId | None = None
    limit: PageSize = 50


def webhook_deliveries(
    asked: AskWebhookDeliveries, actor: Actor, webhooks: Webhooks, deliveries: WebhookDeliveries
) -> View:
    """`{items, next}`: newest first, with every attempt; never what was sent. Raises `Unknown`."""
    webhook = seen(asked.webhook_id, actor, webhooks)
    page = deliveries.of_webhook(webhook.id, state=asked.state, after=asked.after, limit=asked.limit)
    return {"items": list(map(_item, page)), "next": page[-1].id if len(page) == asked.limit else None}


def _item(found: Loaded[WebhookDelivery]) -> View:
    delivery = found.state
    return {
        "id": found.id,
        "event": delivery.event,
        "event_type": delivery.event_type,
        "about": delivery.about,
        "state": delivery.state,
        "reason": delivery.reason,
        "queued_at": delivery.queued_at.isoformat(),
        "next_try": text_of(delivery.next_try),
        "attempts": [
            {
                "at": each.at.isoformat(),
                "state": each.state,
                "reason": each.reason,
                "status": each.status,
                "detail": each.detail,
            }
            for each in delivery.attempts
        ],
    }
