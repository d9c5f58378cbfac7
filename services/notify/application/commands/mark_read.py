"""A person read a notification."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.ports import Notifications
from services.notify.domain.notification import read
from services.notify.domain.permissions import may_see


class MarkRead(Command):
    """The recipient has read it; that they had before changes nothing."""

    notification_id: NotificationId


def mark_read(command: MarkRead, context: Context, notifications: Notifications) -> Receipt:
    """Marks one of the actor's own notifications as read. Raises `Unknown` also for somebody else's."""
    found = notifications.load(command.notification_id)
    if not may_see(context.actor, found.state):
        raise Unknown(kind="notification", id=command.notification_id)
    if answer := found.answered(context):
        return answer
    decision = read(found.state, now=context.now)
    if decision is None:
        return Receipt(found.id, found.version, found.state.email.state)
    return notifications.save(found, decision, context)
