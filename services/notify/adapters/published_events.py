"""Notify's domain events as the events of its contract."""

from typing import Any
from urllib.parse import urlsplit

from contracts.envelope import EventData
from contracts.notify import bounces, escalations, v1, v2
from services.notify.domain.escalation.news import EscalationRaised, EscalationSettled
from services.notify.domain.events import (
    NotificationBounced,
    NotificationHappening,
    NotificationSent,
    NotificationUndelivered,
)
from services.notify.domain.webhooks.webhook import Webhook, WebhookDisabled


def published(event: Any) -> EventData:
    """The event of the contracts that tells of a domain event."""
    if isinstance(event, NotificationSent):
        return v2.NotificationSent.model_validate(_facts(event))
    if isinstance(event, NotificationUndelivered):
        reason = {"reason": event.delivery.reason}
        return v2.NotificationUndelivered.model_validate(_facts(event) | reason)
    if isinstance(event, WebhookDisabled):
        return _disabled(event.webhook)
    if isinstance(event, NotificationBounced):
        why = {"reason": event.delivery.reason, "for_good": event.for_good}
        return bounces.NotificationBounced.model_validate(_facts(event) | why)
    if isinstance(event, EscalationRaised):
        step = {"step": event.raised.step, "told": event.raised.told, "since": event.since}
        return escalations.EscalationRaised.model_validate(_awaited(event) | step)
    if isinstance(event, EscalationSettled):
        return escalations.EscalationSettled.model_validate(_awaited(event) | _why(event))
    raise TypeError(f"no event of the contracts tells of {type(event).__name__}")


def _facts(event: NotificationHappening) -> dict[str, Any]:
    notification = event.notification
    return {
        "notification": notification.id,
        "recipient": notification.recipient,
        "purpose": notification.purpose,
        "about": notification.about,
        "channel": event.delivery.channel,
        "attempts": len(event.delivery.attempts),
    }


def _disabled(webhook: Webhook) -> v1.WebhookDisabled:
    return v1.WebhookDisabled.model_validate(
        {
            "webhook": webhook.id,
            "site": webhook.site,
            "host": urlsplit(webhook.url).netloc,
            "description": webhook.description,
            "registered_by": webhook.registered_by,
            "reason": webhook.reason,
        }
    )


def _awaited(event: EscalationRaised | EscalationSettled) -> dict[str, Any]:
    matter = event.matter
    return {
        "escalation": event.escalation,
        "about": event.about,
        "awaits": matter.awaits,
        "site": matter.site,
        "party": matter.party,
        "participant": matter.participant,
        "asked": matter.asked,
        "until": matter.until,
    }


def _why(event: EscalationSettled) -> dict[str, Any]:
    ended = event.ended
    return {"because": ended.because if ended else "not-awaited", "by": ended.by if ended else None}
