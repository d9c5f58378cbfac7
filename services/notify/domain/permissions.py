"""Who may see what. Each function returns when they may and raises `NotAllowed` when they may not."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.notify.domain.notification import Notification


def own_inbox(actor: Actor) -> str:
    """The person whose inbox the actor may read: their own."""
    if actor.person is None:
        raise NotAllowed(action="inbox", needs="a person")
    return actor.person


def may_see(actor: Actor, notification: Notification) -> bool:
    """A notification is seen by its recipient alone."""
    return actor.person == notification.recipient


def may_follow_deliveries(actor: Actor) -> None:
    """Deliveries are looked into by administrators and programme managers."""
    if not (actor.is_system or actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER)):
        raise NotAllowed(action="deliveries", needs=f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")
