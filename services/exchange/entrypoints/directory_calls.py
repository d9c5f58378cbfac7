"""Calls about sites and people."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class DirectoryCalls(Asking):
    application: Exchange

    @rpc
    def register_site(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterSite, self.application.register_site, call, fields)

    @rpc
    def add_department(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddDepartment, self.application.add_department, call, fields)

    @rpc
    def add_holiday(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddHoliday, self.application.add_holiday, call, fields)

    @rpc
    def add_room(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddRoom, self.application.add_room, call, fields)

    @rpc
    def change_department(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeDepartment, self.application.change_department, call, fields)

    @rpc
    def change_room(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeRoom, self.application.change_room, call, fields)

    @rpc
    def change_site(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeSite, self.application.change_site, call, fields)

    @rpc
    def close_department(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CloseDepartment, self.application.close_department, call, fields)

    @rpc
    def remove_holiday(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemoveHoliday, self.application.remove_holiday, call, fields)

    @rpc
    def remove_room(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RemoveRoom, self.application.remove_room, call, fields)

    @rpc
    def reopen_department(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReopenDepartment, self.application.reopen_department, call, fields)

    @rpc
    def set_factsheet(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SetFactsheet, self.application.set_factsheet, call, fields)

    @rpc
    def set_hours(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SetHours, self.application.set_hours, call, fields)

    @rpc
    def register_person(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterPerson, self.application.register_person, call, fields)

    @rpc
    def change_person(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangePerson, self.application.change_person, call, fields)

    @rpc
    def person(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskPerson, self.application.person, call, fields)

    @rpc
    def sites(self, call: Call) -> View:
        return self.application.sites(call.actor)

    @rpc
    def site(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskSite, self.application.site, call, fields)

    @rpc
    def department(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDepartment, self.application.department, call, fields)

    @rpc
    def people(self, call: Call) -> View:
        return self.application.people(call.actor)
