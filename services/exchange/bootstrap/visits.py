"""Staff visits."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.booking import Booking
from services.exchange.application.planning import Planning
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Visits:
    """What can be asked about visits."""

    stores: Stores
    booking: Booking
    planning: Planning

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
        return commands.reply_to_visit(command, context, self.stores.visits, self.booking)

    @decided_again_on_conflict
    def cancel_visit(self, command: commands.CancelVisit, context: Context) -> Receipt:
        return commands.cancel_visit(command, context, self.stores.visits, self.booking)

    @decided_again_on_conflict
    def record_arrival(self, command: commands.RecordArrival, context: Context) -> Receipt:
        return commands.record_arrival(command, context, self.stores.visits, self.stores.sites)

    @decided_again_on_conflict
    def fulfil_visit(self, command: commands.FulfilVisit, context: Context) -> Receipt:
        return commands.fulfil_visit(command, context, self.stores.visits, self.stores.sites, self.booking)

    @decided_again_on_conflict
    def lapse_visit(self, visit_id: str, context: Context) -> None:
        commands.lapse_visit(visit_id, context, self.stores.visits, self.booking)

    def visit(self, asked: queries.AskVisit, actor: Actor) -> View:
        stores = self.stores
        return queries.visit(asked, actor, stores.visits, stores.agreements, stores.sites, stores.people)

    def visits(self, asked: queries.AskVisits, actor: Actor) -> View:
        stores = self.stores
        return queries.visits(asked, actor, stores.visits, stores.agreements, stores.sites, stores.people)
