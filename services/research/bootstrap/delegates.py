"""Who answers for whom."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Delegates:
    """What can be asked about delegates."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def name_delegate(self, command: commands.NameDelegate, context: Context) -> Receipt:
        return commands.name_delegate(command, context, self.stores.delegations, self.stores.people)

    @decided_again_on_conflict
    def end_delegate(self, command: commands.EndDelegate, context: Context) -> Receipt:
        return commands.end_delegate(command, context, self.stores.delegations, self.stores.people)

    def delegates(self, asked: queries.AskDelegates, actor: Actor) -> View:
        return queries.delegates(asked, actor, self.clock.now(), self.stores.delegations, self.stores.people)
