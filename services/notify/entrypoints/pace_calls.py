"""Calls about links by which people say how soon they want mails."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class PaceCalls(Asking):
    application: Notify

    @rpc
    def set_pace_by_link(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SetPaceByLink, self.application.set_pace_by_link, call, fields)

    @rpc
    def pace_link(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPaceLink, self.application.pace_link, call, fields)
