"""What became of messages."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class Deliveries:
    """What can be asked by whoever has to find out why somebody was not reached."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def resend(self, command: commands.Resend, context: Context) -> Receipt:
        stores = self.stores
        shelves = (stores.notifications, stores.digests)
        return commands.resend(command, context, shelves, stores.people, stores.suppressions, stores.calendars)

    def deliveries(self, asked: queries.AskDeliveries, actor: Actor) -> View:
        return queries.deliveries(asked, actor, self.stores.notifications)

    def explain(self, asked: queries.AskExplain, actor: Actor) -> View:
        stores = self.stores
        return queries.explain(asked, actor, self.clock.now(), stores.notifications, stores.channels, stores.breakers)
