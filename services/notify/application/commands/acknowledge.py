"""A person acknowledges a notification."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from contracts.words import NotificationId
from services.notify.application.acknowledging import together, writes_of
from services.notify.application.commands.own import decided_about_own
from services.notify.application.escalations import Escalations
from services.notify.application.ports import Notifications
from services.notify.domain import reading
from services.notify.domain.notification import Notification


class Acknowledge(Command):
    """The recipient says that they know of it; that they had before changes nothing."""

    notification_id: NotificationId


def acknowledge(
    command: Acknowledge, context: Context, notifications: Notifications, escalations: Escalations
) -> Receipt:
    """Marks one of the actor's own notifications as acknowledged; what waited for that goes on to nobody else.

    Raises `Unknown` also for somebody else's.
    """

    def save(found: Loaded[Notification], known: Decision[Notification]) -> Receipt:
        writes = writes_of(found, known, context, notifications, escalations)
        return notifications.atomically(together(*writes)) if len(writes) > 1 else writes[0](None)

    return decided_about_own(command.notification_id, reading.acknowledge, context, notifications, save)
