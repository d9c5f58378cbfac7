"""Webhooks: who looks after them, and what they are told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.seals import Seals
from chassis.seals import FernetSeals
from contracts.envelope import CloudEvent, EventData
from services.notify.adapters.egress import AddressGuard
from services.notify.adapters.webhook_courier import SecretMaker
from services.notify.application import commands, queries, reactions
from services.notify.application.queries.views import View
from services.notify.application.webhooks import Addresses
from services.notify.bootstrap.stores import Stores
from services.notify.webhook_settings import AskedSettings


@dataclass(frozen=True)
class Outgoing:
    """What may be spoken to, and what keeps the secrets that are shared with it. `offered`: channels that ring."""

    seals: Seals
    addresses: Addresses
    offered: Collection[str] = ()


def outgoing(settings: AskedSettings) -> Outgoing:
    """As the operator set it."""
    return Outgoing(FernetSeals(settings.webhook_keys), AddressGuard(settings.allowed_networks), settings.offered)


class WebhookOffice:
    """What can be asked about webhooks, and what is done for them."""

    stores: Stores
    clock: Clock
    outgoing: Outgoing

    def register_webhook(self, command: commands.RegisterWebhook, context: Context) -> View:
        out = self.outgoing
        return commands.register_webhook(
            command, context, self.stores.webhooks, out.addresses, SecretMaker(), out.seals
        )

    @decided_again_on_conflict
    def change_webhook(self, command: commands.ChangeWebhook, context: Context) -> Receipt:
        return commands.change_webhook(command, context, self.stores.webhooks, self.outgoing.addresses)

    @decided_again_on_conflict
    def rotate_webhook_secret(self, command: commands.RotateWebhookSecret, context: Context) -> View:
        return commands.rotate_webhook_secret(
            command, context, self.stores.webhooks, SecretMaker(), self.outgoing.seals
        )

    @decided_again_on_conflict
    def disable_webhook(self, command: commands.DisableWebhook, context: Context) -> Receipt:
        return commands.disable_webhook(command, context, self.stores.webhooks)

    @decided_again_on_conflict
    def enable_webhook(self, command: commands.EnableWebhook, context: Context) -> Receipt:
        return commands.enable_webhook(command, context, self.stores.webhooks, self.stores.lanes)

    @decided_again_on_conflict
    def remove_webhook(self, command: commands.RemoveWebhook, context: Context) -> Receipt:
        return commands.remove_webhook(command, context, self.stores.webhooks)

    def send_test_to_webhook(self, command: commands.SendTestToWebhook, context: Context) -> Receipt:
        stores = self.stores
        return commands.send_test_to_webhook(command, context, stores.webhooks, stores.webhook_deliveries, stores.lanes)

    def webhooks(self, asked: queries.AskWebhooks, actor: Actor) -> View:
        return queries.webhooks(asked, actor, self.stores.webhooks, self.stores.lanes)

    def webhook_deliveries(self, asked: queries.AskWebhookDeliveries, actor: Actor) -> View:
        return queries.webhook_deliveries(asked, actor, self.stores.webhooks, self.stores.webhook_deliveries)

    def tell_webhooks(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.tell_webhooks(events, self.stores.webhooks, self.stores.webhook_deliveries, self.clock.now())
