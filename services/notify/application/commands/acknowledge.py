"""A person acknowledges a notification."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import NotificationId
from services.notify.application.commands.own import decided_about_own
from services.notify.application.ports import Notifications
from services.notify.domain import reading


class Acknowledge(Command):
    """The recipient says that they know of it; that they had before changes nothing."""

    notification_id: NotificationId


def acknowledge(command: Acknowledge, context: Context, notifications: Notifications) -> Receipt:
    """Marks one of the actor's own notifications as acknowledged. Raises `Unknown` also for somebody else's."""
    return decided_about_own(command.notification_id, reading.acknowledge, context, notifications)
