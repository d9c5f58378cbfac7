"""Calls about sites and people."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class DirectoryCalls(Asking):
    application: Exchange

    @rpc
    def register_site(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterSite, self.application.register_site, call, fields)

    @rpc
    def register_person(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterPerson, self.application.register_person, call, fields)

    @rpc
    def sites(self, call: Call) -> View:
        return self.application.sites(call.actor)

    @rpc
    def people(self, call: Call) -> View:
        return self.application.people(call.actor)
