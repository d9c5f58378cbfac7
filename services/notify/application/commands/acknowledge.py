"""A person says that they know of what they were told."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.ports import Notifications
from services.notify.domain import notification as told
from services.notify.domain.permissions import may_see


class Acknowledge(Command):
    """The recipient knows of it; that they had said so before changes nothing."""

    notification_id: NotificationId


def acknowledge(command: Acknowledge, context: Context, notifications: Notifications) -> Receipt:
    """Notes it on one of the actor's own notifications. Raises `Unknown` also for somebody else's."""
    found = notifications.load(command.notification_id)
    if not may_see(context.actor, found.state):
        raise Unknown(kind="notification", id=command.notification_id)
    if answer := found.answered(context):
        return answer
    decision = told.acknowledge(found.state, now=context.now)
    if decision is None:
        return Receipt(found.id, found.version, found.state.email.state)
    return notifications.save(found, decision, context)
