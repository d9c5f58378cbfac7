"""A mail came back."""

from contextlib import suppress

from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.notify.application.ports import Notifications, PreferencesOfPeople
from services.notify.domain import bouncing
from services.notify.domain.bounce import Bounce
from services.notify.domain.notification import Notification


def report_bounce(
    bounce: Bounce, context: Context, shelves: tuple[Notifications, Notifications], preferences: PreferencesOfPeople
) -> None:
    """Writes down that a notification's mail, or a digest's, could not be delivered; once, however often it is told.

    `shelves`: of notifications, and of digests. Raises `Unknown`. Whether the address is written to again is decided
    by whoever hears of `NotificationBounced`.
    """
    shelf, found = _found(bounce.notification, shelves)
    recipient = found.state.recipient
    wanted = preferences.of([recipient])[recipient]
    decision = bouncing.report_bounce(found.state, bounce, preferences=wanted, now=context.now)
    if decision:
        shelf.save(found, decision, context)


def _found(
    notification: str, shelves: tuple[Notifications, Notifications]
) -> tuple[Notifications, Loaded[Notification]]:
    for shelf in shelves:
        with suppress(Unknown):
            return shelf, shelf.load(notification)
    raise Unknown(kind="notification", id=notification)
