"""Calls about consultations."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.commands import consultations as commands
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class ConsultationCalls(Asking):
    application: Exchange

    @rpc
    def propose_consultation(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ProposeConsultation, self.application.propose_consultation, call, fields)

    @rpc
    def reply_to_consultation(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReplyToConsultation, self.application.reply_to_consultation, call, fields)

    @rpc
    def accept_counter_time(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AcceptCounterTime, self.application.accept_counter_time, call, fields)

    @rpc
    def decline_counter_time(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DeclineCounterTime, self.application.decline_counter_time, call, fields)

    @rpc
    def reschedule_consultation(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RescheduleConsultation, self.application.reschedule_consultation, call, fields)

    @rpc
    def move_session(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.MoveSession, self.application.move_session, call, fields)

    @rpc
    def change_participants(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ChangeParticipants, self.application.change_participants, call, fields)

    @rpc
    def cancel_consultation(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelConsultation, self.application.cancel_consultation, call, fields)

    @rpc
    def cancel_session(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelSession, self.application.cancel_session, call, fields)

    @rpc
    def add_consultation_note(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AddConsultationNote, self.application.add_consultation_note, call, fields)

    @rpc
    def mark_consultation_entered_in_error(self, call: Call, **fields: Any) -> Receipt:
        return self.give(
            commands.MarkConsultationEnteredInError, self.application.mark_consultation_entered_in_error, call, fields
        )

    @rpc
    def consultation(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskConsultation, self.application.consultation, call, fields)

    @rpc
    def consultations(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskConsultations, self.application.consultations, call, fields)
