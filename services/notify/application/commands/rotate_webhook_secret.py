"""A webhook gets a new secret."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.seals import Seals
from contracts.words import WebhookId
from services.notify.application.commands.register_webhook import with_secret
from services.notify.application.webhooks import SecretMaker, Webhooks, seen
from services.notify.domain.webhooks.webhook import Secret, rotate


class RotateWebhookSecret(Change):
    """`overlap_hours`: how long the old one signs beside the new one; 0 where somebody saw it who should not."""

    webhook_id: WebhookId
    overlap_hours: Annotated[int, Field(ge=0, le=168, strict=True)] = 24


def rotate_webhook_secret(
    command: RotateWebhookSecret, context: Context, webhooks: Webhooks, maker: SecretMaker, seals: Seals
) -> dict[str, Any]:
    """As `register_webhook` answers. Raises `Unknown`, `TooManySecrets`."""
    found = seen(command.webhook_id, context.actor, webhooks)
    if found.answered(context) is None:
        secret = Secret(seals.sealed(maker.new()), context.command_id)
        overlap = timedelta(hours=command.overlap_hours)
        webhooks.save(found, rotate(found.state, secret, now=context.now, overlap=overlap), context)
    return with_secret(webhooks, command.webhook_id, context, seals)
