"""What a recipient does with one of their own notifications."""

from collections.abc import Callable

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.notify.application.ports import Notifications
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import may_see

Decide = Callable[..., Decision[Notification] | None]
Save = Callable[[Loaded[Notification], Decision[Notification]], Receipt]


def decided_about_own(
    notification_id: str, decide: Decide, context: Context, notifications: Notifications, save: Save | None = None
) -> Receipt:
    """Decides on one of the actor's own notifications. `save`: where more is written than that.

    Raises `Unknown` also for somebody else's.
    """
    found = notifications.load(notification_id)
    if not may_see(context.actor, found.state):
        raise Unknown(kind="notification", id=notification_id)
    if answer := found.answered(context):
        return answer
    decision = decide(found.state, now=context.now)
    if decision is None:
        return Receipt(found.id, found.version, found.state.state)
    return save(found, decision) if save else notifications.save(found, decision, context)
