"""How the channels stand."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class ChannelOffice:
    """What can be asked about channels and addresses."""

    stores: Stores

    @decided_again_on_conflict
    def pause_channel(self, command: commands.PauseChannel, context: Context) -> Receipt:
        return commands.pause_channel(command, context, self.stores.channels)

    @decided_again_on_conflict
    def resume_channel(self, command: commands.ResumeChannel, context: Context) -> Receipt:
        return commands.resume_channel(command, context, self.stores.channels)

    @decided_again_on_conflict
    def suppress_address(self, command: commands.SuppressAddress, context: Context) -> Receipt:
        return commands.suppress_address(command, context, self.stores.suppressions, self.stores.people)

    @decided_again_on_conflict
    def release_address(self, command: commands.ReleaseAddress, context: Context) -> Receipt:
        return commands.release_address(command, context, self.stores.suppressions, self.stores.people)

    def channels(self, asked: queries.AskChannels, actor: Actor) -> View:
        stores = self.stores
        shelves = (stores.notifications, stores.digests)
        return queries.channels(asked, actor, stores.channels, stores.breakers, shelves)
