"""Calls about what people will be reminded of."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class ReminderCalls(Asking):
    application: Notify

    @rpc
    def reminders(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskReminders, self.application.reminders, call, fields)
