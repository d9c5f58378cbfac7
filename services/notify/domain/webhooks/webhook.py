"""A webhook: where one site's system, or the alliance's, wants to be told of which events, and what it knows us by."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision
from services.notify.domain.webhooks.refusals import TooManySecrets, WebhookNotDisabled, WebhookNotEnabled

ENABLED, DISABLED, REMOVED = "enabled", "disabled", "removed"

GONE, FAILING = "gone", "failing"
"""Why one is disabled that nobody disabled: its receiver answered 410; all that was tried for days failed."""

MOST_OF_ONE_OWNER, MOST_SECRETS = 20, 5


@dataclass(frozen=True)
class Secret:
    """`sealed`: as it is kept. `command`: the one that made it. `until`: when it stops signing; none for the newest."""

    sealed: str
    command: str
    until: datetime | None = None


@dataclass(frozen=True)
class Webhook:
    """`site` is whose it is: it is told of what involves that site; where it is `None`, of everything.

    `event_types` are exact or end in `.*`. `reason`: why it is disabled. `registered_by` hears when it is disabled
    by itself. `secrets`: the newest first.
    """

    id: str
    site: str | None
    url: str
    event_types: tuple[str, ...]
    description: str
    state: str
    registered_by: str
    secrets: tuple[Secret, ...]
    reason: str = ""

    def secret_made_by(self, command: str) -> Secret | None:
        """The secret that a command made, while it is kept."""
        return next((each for each in self.secrets if each.command == command), None)

    def signing(self, now: datetime) -> tuple[Secret, ...]:
        """The secrets that sign now, the newest first."""
        return tuple(each for each in self.secrets if each.until is None or each.until > now)


@dataclass(frozen=True)
class WebhookDisabled:
    """It was disabled by nobody: see `GONE` and `FAILING`."""

    webhook: Webhook


def register(webhook: Webhook) -> Decision[Webhook]:
    """A new one, enabled."""
    return Decision(webhook, what="registered", why=webhook.description)


def change(
    webhook: Webhook, *, url: str | None, event_types: tuple[str, ...] | None, description: str | None
) -> Decision[Webhook]:
    """What is given is so from now on; what waits to be sent goes to the new address."""
    changed = replace(
        webhook,
        url=webhook.url if url is None else url,
        event_types=webhook.event_types if event_types is None else event_types,
        description=webhook.description if description is None else description,
    )
    return Decision(changed, what="changed")


def rotate(webhook: Webhook, secret: Secret, *, now: datetime, overlap: timedelta) -> Decision[Webhook]:
    """A new secret signs; those before sign beside it for as long as the overlap, and no longer than they would have.

    Source: Standard Webhooks, key rotation. Raises `TooManySecrets`.
    """
    ends = now + overlap
    before = (replace(each, until=min(each.until or ends, ends)) for each in webhook.signing(now))
    secrets = (secret, *(each for each in before if each.until and each.until > now))
    if len(secrets) > MOST_SECRETS:
        raise TooManySecrets(most=MOST_SECRETS)
    return Decision(replace(webhook, secrets=secrets), what="secret rotated")


def disable(webhook: Webhook, *, reason: str) -> Decision[Webhook]:
    """Somebody has it told of nothing any more. Raises `WebhookNotEnabled`."""
    must_be_enabled(webhook)
    return Decision(replace(webhook, state=DISABLED, reason=reason), what="disabled", why=reason)


def give_up(webhook: Webhook, *, reason: str) -> Decision[Webhook] | None:
    """It disables itself, `GONE` or `FAILING`, and who registered it is told; `None` where it is not enabled."""
    if webhook.state != ENABLED:
        return None
    disabled = replace(webhook, state=DISABLED, reason=reason)
    return Decision(disabled, what="disabled", why=reason, events=(WebhookDisabled(disabled),))


def enable(webhook: Webhook) -> Decision[Webhook]:
    """It is told again, of what happens from now on. Raises `WebhookNotDisabled`."""
    if webhook.state != DISABLED:
        raise WebhookNotDisabled(webhook=webhook.id, state=webhook.state)
    return Decision(replace(webhook, state=ENABLED, reason=""), what="enabled")


def remove(webhook: Webhook) -> Decision[Webhook]:
    """For good: of its secrets nothing is kept."""
    return Decision(replace(webhook, state=REMOVED, reason="", secrets=()), what="removed")


def must_be_enabled(webhook: Webhook) -> None:
    """Raises `WebhookNotEnabled`."""
    if webhook.state != ENABLED:
        raise WebhookNotEnabled(webhook=webhook.id, state=webhook.state, reason=webhook.reason)
