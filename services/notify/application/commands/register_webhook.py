"""Somebody has a system told of events."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from chassis.commands import Command, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.ids import document_id
from chassis.kernel.seals import Seals
from contracts.words import SiteId
from services.notify.application.webhooks import OFFERED, Addresses, SecretMaker, Webhooks
from services.notify.domain.webhooks import webhook as domain
from services.notify.domain.webhooks.permissions import may_register
from services.notify.domain.webhooks.refusals import TooManyWebhooks
from services.notify.domain.webhooks.wanting import must_be_offered
from services.notify.domain.webhooks.webhook import ENABLED, MOST_OF_ONE_OWNER, Secret, Webhook

Url = Annotated[str, StringConstraints(min_length=1, max_length=2100)]
"""What it has to look like is the guard's to say, by name."""
EventPattern = Annotated[
    str,
    StringConstraints(
        max_length=100, pattern=r"^(exchange|research|notify\.escalation)(\.[a-z][a-z-]*)*(\.v[1-9][0-9]*|\.\*)$"
    ),
]
EventPatterns = Annotated[tuple[EventPattern, ...], Field(min_length=1, max_length=50)]


class RegisterWebhook(Command):
    """`site_id`: whose it is; without one it is the alliance's. `event_types`: exact, or `exchange.visit.*`."""

    site_id: SiteId | None = None
    url: Url
    event_types: EventPatterns
    description: Paragraph = ""


def register_webhook(
    command: RegisterWebhook,
    context: Context,
    webhooks: Webhooks,
    addresses: Addresses,
    maker: SecretMaker,
    seals: Seals,
) -> dict[str, Any]:
    """`{id, version, state, secret}`: the secret is told now, and again only to this very command.

    Raises `NotAllowed`, `AddressNotAllowed`, `EventTypeNotOffered`, `TooManyWebhooks`.
    """
    registrar = may_register(context.actor, command.site_id)
    made = document_id("whk", context.command_id)
    if webhooks.made(made, context) is None:
        must_be_offered(command.event_types, OFFERED)
        addresses.check(command.url)
        _must_be_few(webhooks, command.site_id)
        secret = Secret(seals.sealed(maker.new()), context.command_id)
        webhook = Webhook(
            made, command.site_id, command.url, command.event_types, command.description, ENABLED, registrar, (secret,)
        )
        webhooks.add(made, domain.register(webhook), context)
    return with_secret(webhooks, made, context, seals)


def _must_be_few(webhooks: Webhooks, site: str | None) -> None:
    standing = [each for each in webhooks.of(None) if each.state.site == site]
    if len(standing) >= MOST_OF_ONE_OWNER:
        raise TooManyWebhooks(most=MOST_OF_ONE_OWNER)


def with_secret(webhooks: Webhooks, webhook_id: str, context: Context, seals: Seals) -> dict[str, Any]:
    """The command's receipt, and the secret that it made: null once that is gone."""
    found = webhooks.load(webhook_id)
    receipt = found.applied[context.command_id]
    secret = found.state.secret_made_by(context.command_id)
    opened = seals.opened(secret.sealed) if secret else None
    return {"id": receipt.id, "version": receipt.version, "state": receipt.state, "secret": opened}
