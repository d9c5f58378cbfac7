"""What happens in the sessions of consultations, and what comes of them."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import queries
from services.exchange.application.commands import consultations as commands
from services.exchange.application.convening import Convening
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Sessions:
    """What can be asked about cases, attendance, closing and actions."""

    stores: Stores
    convening: Convening

    @decided_again_on_conflict
    def bring_case(self, command: commands.BringCase, context: Context) -> Receipt:
        return commands.bring_case(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def withdraw_case(self, command: commands.WithdrawCase, context: Context) -> Receipt:
        return commands.withdraw_case(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def record_attendance(self, command: commands.RecordAttendance, context: Context) -> Receipt:
        return commands.record_attendance(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def close_session(self, command: commands.CloseSession, context: Context) -> Receipt:
        return commands.close_session(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def mark_session_missed(self, command: commands.MarkSessionMissed, context: Context) -> Receipt:
        return commands.mark_session_missed(command, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def complete_action(self, command: commands.CompleteAction, context: Context) -> Receipt:
        return commands.complete_action(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def drop_action(self, command: commands.DropAction, context: Context) -> Receipt:
        return commands.drop_action(command, context, self.stores.consultations)

    @decided_again_on_conflict
    def ask_to_close(self, consultation_id: str, context: Context) -> None:
        commands.ask_to_close(consultation_id, context, self.stores.consultations, self.convening)

    @decided_again_on_conflict
    def chase_actions(self, consultation_id: str, context: Context) -> None:
        commands.chase_actions(consultation_id, context, self.stores.consultations, self.convening)

    def open_actions(self, asked: queries.AskOpenActions, actor: Actor) -> View:
        return queries.open_actions(asked, actor, self.stores.consultations, self.stores.people)
