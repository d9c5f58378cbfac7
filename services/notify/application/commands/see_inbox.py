"""A person was shown their inbox."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.deciding import keep, standing
from services.notify.application.ports import Inboxes, Notifications
from services.notify.domain.inbox import inbox_id, see, unopened
from services.notify.domain.permissions import may_see, own_inbox


class SeeInbox(Command):
    """Everything down from the newest notification that was shown counts as seen from now on."""

    newest: NotificationId


def see_inbox(command: SeeInbox, context: Context, inboxes: Inboxes, notifications: Notifications) -> Receipt:
    """Marks the actor's own inbox as seen. Raises `Unknown` where the notification is not theirs, `NotAllowed`."""
    person = own_inbox(context.actor)
    newest = notifications.load(command.newest).state
    if not may_see(context.actor, newest):
        raise Unknown(kind="notification", id=command.newest)
    found = standing(inboxes, inbox_id(person), unopened(person))
    if answer := found.answered(context):
        return answer
    decision = see(found.state, newest)
    return keep(inboxes, found, decision, context) if decision else Receipt(found.id, found.version, "seen")
