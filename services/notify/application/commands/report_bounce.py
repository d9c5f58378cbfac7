"""A mail came back."""

from chassis.kernel.context import Context
from services.notify.application.ports import Notifications, PreferencesOfPeople
from services.notify.application.shelves import found_on
from services.notify.domain import bouncing
from services.notify.domain.bounce import Bounce


def report_bounce(
    bounce: Bounce, context: Context, shelves: tuple[Notifications, Notifications], preferences: PreferencesOfPeople
) -> None:
    """Writes down that a notification's mail, or a digest's, could not be delivered; once, however often it is told.

    `shelves`: of notifications, and of digests. Raises `Unknown`. Whether the address is written to again is decided
    by whoever hears of `NotificationBounced`.
    """
    shelf, found = found_on(shelves, bounce.notification)
    recipient = found.state.recipient
    wanted = preferences.of([recipient])[recipient]
    decision = bouncing.report_bounce(found.state, bounce, preferences=wanted, now=context.now)
    if decision:
        shelf.save(found, decision, context)
