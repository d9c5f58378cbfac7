"""What people are reminded of ahead of time."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.timers import Fire
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores
from services.notify.domain.reminders.table import BY_KIND


class Reminding:
    """What is done at a reminder's moments: always the same, since which of them have come is asked of the reminder."""

    stores: Stores

    @decided_again_on_conflict
    def remind(self, reminder_id: str, context: Context) -> None:
        commands.remind(reminder_id, context, self.stores.reminders, self.stores.notifications)

    def reminders(self, asked: queries.AskReminders, actor: Actor) -> View:
        return queries.reminders_about(asked, actor, self.stores.reminders)

    def reminding(self) -> dict[str, Fire]:
        """By the names under which moments stand in a reminder."""
        return dict.fromkeys(BY_KIND, self.remind)
