"""Calls about where people are reached by chat and telephone."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class AddressCalls(Asking):
    application: Notify

    @rpc
    def add_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddAddress, self.application.add_address, call, fields)

    @rpc
    def confirm_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ConfirmAddress, self.application.confirm_address, call, fields)

    @rpc
    def remove_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemoveAddress, self.application.remove_address, call, fields)

    @rpc
    def addresses(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAddresses, self.application.addresses, call, fields)
