"""Something happened: for every webhook that is to be told of it a delivery is queued."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent, EventData
from services.notify.application.webhooks import OFFERED, WebhookDeliveries, Webhooks
from services.notify.domain.webhooks.delivery import WebhookDelivery, queue, webhook_delivery_id
from services.notify.domain.webhooks.wanting import is_told, sites_in
from services.notify.domain.webhooks.webhook import Webhook

_OFFERED = frozenset(OFFERED)
Queued = tuple[Decision[WebhookDelivery], Context]


def tell_webhooks(
    events: Sequence[tuple[CloudEvent, EventData]], webhooks: Webhooks, deliveries: WebhookDeliveries, now: datetime
) -> None:
    """Queues every delivery that the events lead to, in one write; those queued before stay as they are.

    Of an event that is told in two versions the earlier is passed over: the newest always comes, too.
    """
    offered = [event for event, _ in events if event.type in _OFFERED]
    standing = webhooks.of(None) if offered else []
    if queued := [each for event in offered for each in _queued(event, standing, now)]:
        deliveries.add_new(queued)


def _queued(event: CloudEvent, standing: list[Loaded[Webhook]], now: datetime) -> Iterator[Queued]:
    sites = sites_in(event.data)
    for webhook in (each for each in standing if is_told(each.state, event.type, sites)):
        yield queue(delivery_of(event, webhook.id, now)), caused_by(event, webhook.id, now)


def delivery_of(event: CloudEvent, webhook_id: str, now: datetime) -> WebhookDelivery:
    """The event as it is sent to a webhook: structured JSON, as it was published."""
    return WebhookDelivery(
        id=webhook_delivery_id(event.id, webhook_id),
        webhook=webhook_id,
        event=event.id,
        event_type=event.type,
        about=event.subject_id,
        body=event.model_dump_json(exclude_none=True),
        queued_at=now,
    )
