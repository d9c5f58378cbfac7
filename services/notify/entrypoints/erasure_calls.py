"""Calls about erasing people."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class ErasureCalls(Asking):
    application: Notify

    @rpc
    def erase_person(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ErasePerson, self.application.erase_person, call, fields)

    @rpc
    def erasure(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskErasure, self.application.erasure, call, fields)
