"""Calls about deputies."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class DeputyCalls(Asking):
    application: Notify

    @rpc
    def name_deputy(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.NameDeputy, self.application.name_deputy, call, fields)

    @rpc
    def withdraw_deputy(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WithdrawDeputy, self.application.withdraw_deputy, call, fields)

    @rpc
    def deputy(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDeputy, self.application.deputy, call, fields)
