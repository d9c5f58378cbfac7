"""Where a message stands: among the notifications, or among the digests."""

from collections.abc import Sequence
from contextlib import suppress

from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.notify.application.ports import Notifications
from services.notify.domain.notification import Notification


def found_on(shelves: Sequence[Notifications], message: str) -> tuple[Notifications, Loaded[Notification]]:
    """The message with this id, and the shelf on which it stands. Raises `Unknown`."""
    for shelf in shelves:
        with suppress(Unknown):
            return shelf, shelf.load(message)
    raise Unknown(kind="notification", id=message)
