"""What people do with their messages, and how they want to be told."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.ports import Writer
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class Inbox:
    """What a person can ask about their own messages."""

    stores: Stores
    writer: Writer

    @decided_again_on_conflict
    def mark_read(self, command: commands.MarkRead, context: Context) -> Receipt:
        return commands.mark_read(command, context, self.stores.notifications)

    @decided_again_on_conflict
    def acknowledge(self, command: commands.Acknowledge, context: Context) -> Receipt:
        return commands.acknowledge(command, context, self.stores.notifications, self.stores.escalations)

    @decided_again_on_conflict
    def see_inbox(self, command: commands.SeeInbox, context: Context) -> Receipt:
        return commands.see_inbox(command, context, self.stores.inboxes, self.stores.notifications)

    @decided_again_on_conflict
    def set_preferences(self, command: commands.SetPreferences, context: Context) -> Receipt:
        return commands.set_preferences(command, context, self.stores.preferences, self.stores.addresses)

    def preferences(self, asked: queries.AskPreferences, actor: Actor) -> View:
        return queries.preferences(asked, actor, self.stores.preferences)

    def inbox(self, asked: queries.AskInbox, actor: Actor) -> View:
        stores = self.stores
        return queries.inbox(
            asked, actor, stores.notifications, stores.inboxes, stores.announcements, stores.people, self.writer
        )
