"""A person was shown their inbox."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.ports import Inboxes, Notifications
from services.notify.domain.inbox import Inbox, inbox_id, see, unopened
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
    try:
        found = inboxes.load(inbox_id(person))
    except Unknown:
        return _opened(unopened(person), see(unopened(person), newest), context, inboxes)
    return found.answered(context) or _seen(found, see(found.state, newest), context, inboxes)


def _opened(inbox: Inbox, decision: Decision[Inbox] | None, context: Context, inboxes: Inboxes) -> Receipt:
    return inboxes.add(inbox.id, decision or Decision(inbox, what="seen"), context)


def _seen(found: Loaded[Inbox], decision: Decision[Inbox] | None, context: Context, inboxes: Inboxes) -> Receipt:
    if decision is None:
        return Receipt(found.id, found.version, "seen")
    return inboxes.save(found, decision, context)
