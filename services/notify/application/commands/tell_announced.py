"""The moment has come to tell the next people of an announcement."""

from chassis.kernel.context import Context
from services.notify.application.announcements import Announcements
from services.notify.application.ports import Notifications
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.domain.announcement import tell, tellings
from services.notify.domain.notification import queue


def tell_announced(
    announcement_id: str, context: Context, announcements: Announcements, notifications: Notifications
) -> None:
    """Queues the notifications of the next few hundred, then notes how far it has come.

    Their ids are made of announcement and person: whoever dies before the note, or has somebody else beside them,
    queues nothing twice.
    """
    found = announcements.load(announcement_id)
    told, cause = tellings(found.state), found.state.cause
    if not told:
        return
    queued = [queue(telling, cause, now=context.now) for telling in told]
    own = (in_chain_of(cause, each.state.id.partition("_")[2], context.now) for each in queued)
    notifications.add_new(list(zip(queued, own, strict=True)))
    announcements.save(found, tell(found.state, now=context.now), context)
