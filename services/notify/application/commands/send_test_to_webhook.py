"""Somebody wants to see whether a webhook's receiver takes what it is sent."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived
from contracts.catalogue import dataschema
from contracts.envelope import CloudEvent, sequence
from contracts.notify.v1 import WebhookTested
from contracts.words import WebhookId
from services.notify.application.reactions.tell_webhooks import delivery_of
from services.notify.application.webhooks import Lanes, WebhookDeliveries, Webhooks, seen
from services.notify.domain.webhooks.delivery import queue
from services.notify.domain.webhooks.webhook import must_be_enabled


class SendTestToWebhook(Command):
    """It is sent like any other event, whatever event types the webhook wants."""

    webhook_id: WebhookId


def send_test_to_webhook(
    command: SendTestToWebhook, context: Context, webhooks: Webhooks, deliveries: WebhookDeliveries, lanes: Lanes
) -> Receipt:
    """The receipt is the delivery's. Tried at once, though others failed. Raises `Unknown`, `WebhookNotEnabled`."""
    found = seen(command.webhook_id, context.actor, webhooks)
    delivery = delivery_of(_test(found.id, context), found.id, context.now)
    if answer := deliveries.made(delivery.id, context):
        return answer
    must_be_enabled(found.state)
    lanes.clear(found.id)
    return deliveries.add(delivery.id, queue(delivery), context)


def _test(webhook_id: str, context: Context) -> CloudEvent:
    """It tells one receiver alone, and is in no outbox."""
    tested = WebhookTested(webhook=webhook_id, by=context.actor.person)
    return CloudEvent(
        id=derived(webhook_id, context.command_id),
        source="/khunjerab/notify",
        type=WebhookTested.type,
        subject=f"webhook/{webhook_id}",
        time=context.now,
        dataschema=dataschema(WebhookTested.type),
        sequence=sequence(1, 0),
        correlationid=context.command_id,
        causationid=context.command_id,
        traceparent=context.traceparent,
        data=tested.model_dump(mode="json"),
    )
