"""Calls about webhooks."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class WebhookCalls(Asking):
    application: Notify

    @rpc
    def register_webhook(self, call: Call, **fields: Any) -> View:
        return self.give(commands.RegisterWebhook, self.application.register_webhook, call, fields)

    @rpc
    def change_webhook(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeWebhook, self.application.change_webhook, call, fields)

    @rpc
    def rotate_webhook_secret(self, call: Call, **fields: Any) -> View:
        return self.give(commands.RotateWebhookSecret, self.application.rotate_webhook_secret, call, fields)

    @rpc
    def disable_webhook(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DisableWebhook, self.application.disable_webhook, call, fields)

    @rpc
    def enable_webhook(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EnableWebhook, self.application.enable_webhook, call, fields)

    @rpc
    def remove_webhook(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemoveWebhook, self.application.remove_webhook, call, fields)

    @rpc
    def send_test_to_webhook(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SendTestToWebhook, self.application.send_test_to_webhook, call, fields)

    @rpc
    def webhooks(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskWebhooks, self.application.webhooks, call, fields)

    @rpc
    def webhook_deliveries(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskWebhookDeliveries, self.application.webhook_deliveries, call, fields)
