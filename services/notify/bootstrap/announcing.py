"""What is announced to many people."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.timers import Fire
from services.notify.application import commands, queries
from services.notify.application.ports import Writer
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores
from services.notify.domain.announcement import ANNOUNCEMENT


class Announcing:
    """What can be asked about announcements, and what a timer does about them."""

    stores: Stores
    clock: Clock
    writer: Writer

    @decided_again_on_conflict
    def announce(self, command: commands.Announce, context: Context) -> Receipt:
        return commands.announce(command, context, self.stores.announcements, self.stores.people)

    @decided_again_on_conflict
    def withdraw_announcement(self, command: commands.WithdrawAnnouncement, context: Context) -> Receipt:
        return commands.withdraw_announcement(command, context, self.stores.announcements)

    @decided_again_on_conflict
    def tell_announced(self, announcement_id: str, context: Context) -> None:
        commands.tell_announced(announcement_id, context, self.stores.announcements, self.stores.notifications)

    def preview_announcement(self, asked: queries.AskAnnouncementPreview, actor: Actor) -> View:
        return queries.preview_announcement(asked, actor, self.clock.now(), self.stores.people, self.writer)

    def announcements(self, asked: queries.AskAnnouncements, actor: Actor) -> View:
        return queries.announcements(asked, actor, self.stores.announcements)

    def announcement(self, asked: queries.AskAnnouncement, actor: Actor) -> View:
        return queries.announcement(asked, actor, self.stores.announcements, self.stores.notifications)

    def announcing(self) -> dict[str, Fire]:
        """By the name under which the next batch stands in an announcement."""
        return {ANNOUNCEMENT: self.tell_announced}
