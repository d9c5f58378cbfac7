"""Calls about what happens in the sessions of consultations."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.commands import consultations as commands
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class SessionCalls(Asking):
    application: Exchange

    @rpc
    def bring_case(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.BringCase, self.application.bring_case, call, fields)

    @rpc
    def withdraw_case(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WithdrawCase, self.application.withdraw_case, call, fields)

    @rpc
    def record_attendance(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordAttendance, self.application.record_attendance, call, fields)

    @rpc
    def close_session(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CloseSession, self.application.close_session, call, fields)

    @rpc
    def mark_session_missed(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MarkSessionMissed, self.application.mark_session_missed, call, fields)

    @rpc
    def complete_action(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CompleteAction, self.application.complete_action, call, fields)

    @rpc
    def drop_action(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DropAction, self.application.drop_action, call, fields)

    @rpc
    def open_actions(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskOpenActions, self.application.open_actions, call, fields)
