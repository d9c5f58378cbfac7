"""Where a webhook is, what it is told of, or how it is described is no longer so."""

from typing import Self

from pydantic import model_validator

from chassis.commands import Change, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import WebhookId
from services.notify.application.commands.register_webhook import EventPatterns, Url
from services.notify.application.webhooks import OFFERED, Addresses, Webhooks, seen
from services.notify.domain.webhooks.wanting import must_be_offered
from services.notify.domain.webhooks.webhook import change


class ChangeWebhook(Change):
    """What is not given stays as it is."""

    webhook_id: WebhookId
    url: Url | None = None
    event_types: EventPatterns | None = None
    description: Paragraph | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.url is None and self.event_types is None and self.description is None:
            raise ValueError("url, event_types or description is needed")
        return self


def change_webhook(command: ChangeWebhook, context: Context, webhooks: Webhooks, addresses: Addresses) -> Receipt:
    """Raises `Unknown`, `AddressNotAllowed`, `EventTypeNotOffered`."""
    found = seen(command.webhook_id, context.actor, webhooks)
    if answer := found.answered(context):
        return answer
    must_be_offered(command.event_types or (), OFFERED)
    if command.url is not None:
        addresses.check(command.url)
    decision = change(found.state, url=command.url, event_types=command.event_types, description=command.description)
    return webhooks.save(found, decision, context)
