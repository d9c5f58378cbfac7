"""What notify can be asked over RPC. A method's fields are those of its command or question."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import Application, rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.entrypoints.subscriptions import Subscriptions


class NotifyService(Asking, Subscriptions):
    """Calls and events of one process share the application and its connections."""

    name = "notify"
    application = Application()

    @rpc
    def mark_read(self, call: Call, **fields: Any) -> Receipt:
        receipt: Receipt = self.give(commands.MarkRead, self.application.mark_read, call, fields)
        return receipt

    @rpc
    def inbox(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskInbox, self.application.inbox, call, fields)

    @rpc
    def deliveries(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDeliveries, self.application.deliveries, call, fields)
