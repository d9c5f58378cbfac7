"""Calls about staff visits."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class VisitCalls(Asking):
    application: Exchange

    @rpc
    def propose_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ProposeVisit, self.application.propose_visit, call, fields)

    @rpc
    def reply_to_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReplyToVisit, self.application.reply_to_visit, call, fields)

    @rpc
    def cancel_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelVisit, self.application.cancel_visit, call, fields)

    @rpc
    def record_arrival(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordArrival, self.application.record_arrival, call, fields)

    @rpc
    def fulfil_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.FulfilVisit, self.application.fulfil_visit, call, fields)

    @rpc
    def accept_counter(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AcceptCounter, self.application.accept_counter, call, fields)

    @rpc
    def reschedule_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RescheduleVisit, self.application.reschedule_visit, call, fields)

    @rpc
    def extend_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ExtendVisit, self.application.extend_visit, call, fields)

    @rpc
    def withdraw_visitor(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WithdrawVisitor, self.application.withdraw_visitor, call, fields)

    @rpc
    def record_departure(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordDeparture, self.application.record_departure, call, fields)

    @rpc
    def mark_noshow(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MarkNoshow, self.application.mark_noshow, call, fields)

    @rpc
    def mark_entered_in_error(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MarkEnteredInError, self.application.mark_entered_in_error, call, fields)

    @rpc
    def name_deputy(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.NameDeputy, self.application.name_deputy, call, fields)

    @rpc
    def add_note(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddNote, self.application.add_note, call, fields)

    @rpc
    def enter_past_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.EnterPastVisit, self.application.enter_past_visit, call, fields)

    @rpc
    def visit(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisit, self.application.visit, call, fields)

    @rpc
    def visits(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisits, self.application.visits, call, fields)
