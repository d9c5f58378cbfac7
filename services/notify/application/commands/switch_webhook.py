"""A webhook is told nothing for a while, is told again, or is removed."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import WebhookId
from services.notify.application.webhooks import Lanes, Webhooks, seen
from services.notify.domain.webhooks.webhook import disable, enable, remove


class DisableWebhook(Change):
    """What waits for it is not sent any more."""

    webhook_id: WebhookId
    reason: FullParagraph


class EnableWebhook(Change):
    """It is told of what happens from now on."""

    webhook_id: WebhookId


class RemoveWebhook(Change):
    """For good."""

    webhook_id: WebhookId


def disable_webhook(command: DisableWebhook, context: Context, webhooks: Webhooks) -> Receipt:
    """Raises `Unknown`, `WebhookNotEnabled`."""
    found = seen(command.webhook_id, context.actor, webhooks)
    if answer := found.answered(context):
        return answer
    return webhooks.save(found, disable(found.state, reason=command.reason), context)


def enable_webhook(command: EnableWebhook, context: Context, webhooks: Webhooks, lanes: Lanes) -> Receipt:
    """What failed before counts no more. Raises `Unknown`, `WebhookNotDisabled`."""
    found = seen(command.webhook_id, context.actor, webhooks)
    if answer := found.answered(context):
        return answer
    decision = enable(found.state)
    lanes.clear(found.id)
    return webhooks.save(found, decision, context)


def remove_webhook(command: RemoveWebhook, context: Context, webhooks: Webhooks) -> Receipt:
    """Raises `Unknown`."""
    # A repeat finds it removed, which nobody sees any more.
    if answer := webhooks.load(command.webhook_id).applied.get(context.command_id):
        return answer
    found = seen(command.webhook_id, context.actor, webhooks)
    found.answered(context)
    return webhooks.save(found, remove(found.state), context)
