"""Calls about passports."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class PassportCalls(Asking):
    application: Exchange

    @rpc
    def set_passport(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SetPassport, self.application.set_passport, call, fields)

    @rpc
    def remove_passport(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemovePassport, self.application.remove_passport, call, fields)

    @rpc
    def reveal_passport(self, call: Call, **fields: Any) -> View:
        return self.give(commands.RevealPassport, self.application.reveal_passport, call, fields)

    @rpc
    def rotate_passport_keys(self, call: Call, **fields: Any) -> View:
        return self.give(commands.RotatePassportKeys, self.application.rotate_passport_keys, call, fields)

    @rpc
    def passport_keys(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPassportKeys, self.application.passport_keys, call, fields)
