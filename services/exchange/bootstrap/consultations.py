"""Consultations."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.envelope import CloudEvent
from services.exchange.application import queries
from services.exchange.application.commands import consultations as commands
from services.exchange.application.convening import Convening
from services.exchange.application.ports.recurrences import Recurrences
from services.exchange.application.queries.views import View
from services.exchange.application.reactions.serve_waiting import serve_waiting
from services.exchange.bootstrap.stores import Stores


class Consultations:
    """What can be asked about consultations."""

    stores: Stores
    clock: Clock
    recurrences: Recurrences
    convening: Convening

    @decided_again_on_conflict
    def propose_consultation(self, command: commands.ProposeConsultation, context: Context) -> Receipt:
        stores = self.stores
        return commands.propose_consultation(
            command,
            context,
            stores.consultations,
            stores.agreements,
            stores.sites,
            stores.people,
            self.recurrences,
            self.convening,
        )

    @decided_again_on_conflict
    def reply_to_consultation(self, command: commands.ReplyToConsultation, context: Context) -> Receipt:
        stores = self.stores
        return commands.reply_to_consultation(command, context, stores.consultations, stores.agreements, self.convening)

    @decided_again_on_conflict
    def accept_counter_time(self, command: commands.AcceptCounterTime, context: Context) -> Receipt:
        stores = self.stores
        return commands.accept_counter_time(command, context, stores.consultations, stores.agreements, self.convening)

    @decided_again_on_conflict
    def decline_counter_time(self, command: commands.DeclineCounterTime, context: Context) -> Receipt:
        return commands.decline_counter_time(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def reschedule_consultation(self, command: commands.RescheduleConsultation, context: Context) -> Receipt:
        stores = self.stores
        return commands.reschedule_consultation(
            command, context, stores.consultations, stores.agreements, self.recurrences, self.convening
        )

    @decided_again_on_conflict
    def move_session(self, command: commands.MoveSession, context: Context) -> Receipt:
        stores = self.stores
        return commands.move_session(command, context, stores.consultations, stores.agreements, self.convening)

    @decided_again_on_conflict
    def change_participants(self, command: commands.ChangeParticipants, context: Context) -> Receipt:
        stores = self.stores
        return commands.change_participants(
            command,
            context,
            stores.consultations,
            stores.agreements,
            stores.sites,
            stores.people,
            self.convening,
        )

    @decided_again_on_conflict
    def cancel_consultation(self, command: commands.CancelConsultation, context: Context) -> Receipt:
        return commands.cancel_consultation(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def cancel_session(self, command: commands.CancelSession, context: Context) -> Receipt:
        return commands.cancel_session(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def add_consultation_note(self, command: commands.AddConsultationNote, context: Context) -> Receipt:
        return commands.add_consultation_note(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def mark_consultation_entered_in_error(
        self, command: commands.MarkConsultationEnteredInError, context: Context
    ) -> Receipt:
        return commands.mark_consultation_entered_in_error(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def lapse_consultation(self, consultation_id: str, context: Context) -> None:
        commands.lapse_consultation(consultation_id, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def remind_of_session(self, consultation_id: str, context: Context) -> None:
        commands.remind_of_session(consultation_id, context, self.stores.consultations, self.convening)

    def serve_waiting(self, event: CloudEvent, _: object) -> None:
        stores = self.stores
        serve_waiting(event, self.clock.now(), stores.consultations, stores.agreements, self.convening)

    def consultation(self, asked: queries.AskConsultation, actor: Actor) -> View:
        stores = self.stores
        return queries.consultation(
            asked, actor, stores.consultations, stores.agreements, stores.sites, stores.people, self.clock.now()
        )

    def consultations(self, asked: queries.AskConsultations, actor: Actor) -> View:
        return queries.consultations(asked, actor, self.stores.consultations, self.stores.sites)
