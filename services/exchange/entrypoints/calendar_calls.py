"""Calls about calendars that others subscribe to."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.commands import calendars as commands
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class CalendarCalls(Asking):
    application: Exchange

    @rpc
    def open_calendar_address(self, call: Call, **fields: Any) -> View:
        return self.give(commands.OpenCalendarAddress, self.application.open_calendar_address, call, fields)

    @rpc
    def revoke_calendar_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RevokeCalendarAddress, self.application.revoke_calendar_address, call, fields)

    @rpc
    def calendar_addresses(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskCalendarAddresses, self.application.calendar_addresses, call, fields)

    @rpc
    def calendar_owner(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskCalendarOwner, self.application.calendar_owner, call, fields)

    @rpc
    def calendar_feed(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskCalendarFeed, self.application.calendar_feed, call, fields)
