"""Calls about delegates."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class DelegateCalls(Asking):
    application: Research

    @rpc
    def name_delegate(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.NameDelegate, self.application.name_delegate, call, fields)

    @rpc
    def end_delegate(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EndDelegate, self.application.end_delegate, call, fields)

    @rpc
    def delegates(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDelegates, self.application.delegates, call, fields)
