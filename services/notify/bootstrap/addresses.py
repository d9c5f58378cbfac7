"""Where people are reached by chat and telephone."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.adapters.address_store import new_code
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores
from services.notify.bootstrap.webhooks import Outgoing


class AddressBook:
    """What can be asked about a person's addresses."""

    stores: Stores
    clock: Clock
    outgoing: Outgoing

    @decided_again_on_conflict
    def add_address(self, command: commands.AddAddress, context: Context) -> Receipt:
        out = self.outgoing
        return commands.add_address(command, context, self.stores.addresses, out.offered, out.seals, new_code)

    @decided_again_on_conflict
    def confirm_address(self, command: commands.ConfirmAddress, context: Context) -> Receipt:
        return commands.confirm_address(command, context, self.stores.addresses, self.outgoing.seals)

    @decided_again_on_conflict
    def remove_address(self, command: commands.RemoveAddress, context: Context) -> Receipt:
        return commands.remove_address(command, context, self.stores.addresses)

    def addresses(self, asked: queries.AskAddresses, actor: Actor) -> View:
        return queries.addresses(asked, actor, self.clock.now(), self.stores.addresses, self.outgoing.offered)
