"""Calls about a person's own messages, and how they want to be told."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class InboxCalls(Asking):
    application: Notify

    @rpc
    def mark_read(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MarkRead, self.application.mark_read, call, fields)

    @rpc
    def acknowledge(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.Acknowledge, self.application.acknowledge, call, fields)

    @rpc
    def see_inbox(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SeeInbox, self.application.see_inbox, call, fields)

    @rpc
    def set_preferences(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SetPreferences, self.application.set_preferences, call, fields)

    @rpc
    def preferences(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPreferences, self.application.preferences, call, fields)

    @rpc
    def inbox(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskInbox, self.application.inbox, call, fields)
