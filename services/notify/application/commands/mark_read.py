"""A person read a notification."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import NotificationId
from services.notify.application.commands.own import decided_about_own
from services.notify.application.ports import Notifications
from services.notify.domain import reading


class MarkRead(Command):
    """The recipient has read it; that they had before changes nothing."""

    notification_id: NotificationId


def mark_read(command: MarkRead, context: Context, notifications: Notifications) -> Receipt:
    """Marks one of the actor's own notifications as read. Raises `Unknown` also for somebody else's."""
    return decided_about_own(command.notification_id, reading.read, context, notifications)
