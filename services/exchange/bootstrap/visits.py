"""Staff visits."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.booking import Booking
from services.exchange.application.following import Following
from services.exchange.application.planning import Planning
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Visits:
    """What can be asked about visits."""

    stores: Stores
    clock: Clock
    booking: Booking
    planning: Planning
    following: Following

    def propose_visit(self, command: commands.ProposeVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.propose_visit(
            command,
            context,
            stores.visits,
            stores.agreements,
            stores.sites,
            stores.people,
            self.planning,
        )

    @decided_again_on_conflict
    def reply_to_visit(self, command: commands.ReplyToVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.reply_to_visit(command, context, stores.visits, stores.agreements, stores.sites, self.booking)

    @decided_again_on_conflict
    def accept_counter(self, command: commands.AcceptCounter, context: Context) -> Receipt:
        stores = self.stores
        return commands.accept_counter(command, context, stores.visits, stores.agreements, stores.sites, self.booking)

    @decided_again_on_conflict
    def reschedule_visit(self, command: commands.RescheduleVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.reschedule_visit(command, context, stores.visits, stores.agreements, stores.sites, self.booking)

    @decided_again_on_conflict
    def extend_visit(self, command: commands.ExtendVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.extend_visit(command, context, stores.visits, stores.agreements, stores.sites, self.booking)

    @decided_again_on_conflict
    def withdraw_visitor(self, command: commands.WithdrawVisitor, context: Context) -> Receipt:
        stores = self.stores
        return commands.withdraw_visitor(command, context, stores.visits, self.booking)

    @decided_again_on_conflict
    def cancel_visit(self, command: commands.CancelVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.cancel_visit(command, context, stores.visits, self.booking)

    @decided_again_on_conflict
    def record_arrival(self, command: commands.RecordArrival, context: Context) -> Receipt:
        stores = self.stores
        return commands.record_arrival(command, context, stores.visits, stores.sites, self.following)

    @decided_again_on_conflict
    def record_departure(self, command: commands.RecordDeparture, context: Context) -> Receipt:
        stores = self.stores
        return commands.record_departure(command, context, stores.visits, stores.sites, self.booking)

    @decided_again_on_conflict
    def fulfil_visit(self, command: commands.FulfilVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.fulfil_visit(command, context, stores.visits, stores.sites, self.booking)

    @decided_again_on_conflict
    def mark_noshow(self, command: commands.MarkNoshow, context: Context) -> Receipt:
        stores = self.stores
        return commands.mark_noshow(command, context, stores.visits, stores.sites, self.booking)

    @decided_again_on_conflict
    def mark_entered_in_error(self, command: commands.MarkEnteredInError, context: Context) -> Receipt:
        stores = self.stores
        return commands.mark_entered_in_error(command, context, stores.visits, self.booking)

    @decided_again_on_conflict
    def name_deputy(self, command: commands.NameDeputy, context: Context) -> Receipt:
        stores = self.stores
        return commands.name_deputy(command, context, stores.visits, stores.people, stores.sites)

    @decided_again_on_conflict
    def add_note(self, command: commands.AddNote, context: Context) -> Receipt:
        stores = self.stores
        return commands.add_note(command, context, stores.visits)

    @decided_again_on_conflict
    def enter_past_visit(self, command: commands.EnterPastVisit, context: Context) -> Receipt:
        stores = self.stores
        return commands.enter_past_visit(
            command,
            context,
            stores.visits,
            stores.agreements,
            stores.sites,
            stores.people,
            stores.ledgers,
            self.booking,
        )

    @decided_again_on_conflict
    def lapse_visit(self, visit_id: str, context: Context) -> None:
        commands.lapse_visit(visit_id, context, self.stores.visits, self.booking)

    def visit(self, asked: queries.AskVisit, actor: Actor) -> View:
        stores = self.stores
        return queries.visit(
            asked, actor, stores.visits, stores.agreements, stores.sites, stores.people, self.clock.now()
        )

    def visits(self, asked: queries.AskVisits, actor: Actor) -> View:
        stores = self.stores
        return queries.visits(asked, actor, stores.visits, stores.agreements, stores.sites, stores.people)
