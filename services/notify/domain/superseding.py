"""Which unsent messages a later one makes pointless: about the same thing, to the same person, as its purpose says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.notification import Notification
from services.notify.domain.purposes import withdrawn_by


@dataclass(frozen=True)
class Told:
    """What of a notification decides whether it withdraws another."""

    id: str
    recipient: str
    about: str
    purpose: str
    happened_at: datetime

    @classmethod
    def of(cls, notification: Notification) -> "Told":
        """That of a notification."""
        return cls(
            notification.id,
            notification.recipient,
            notification.about,
            notification.purpose,
            notification.cause.happened_at,
        )


def overtaken_by(waiting: Notification, told: Iterable[Told]) -> str | None:
    """The id of the latest of these notifications that withdraws the one that waits; nothing where none does.

    Only what happened later counts, in whatever order the two were told.
    """
    withdrawing = withdrawn_by(waiting.purpose)
    later = [
        each
        for each in told
        if each.purpose in withdrawing
        and (each.recipient, each.about) == (waiting.recipient, waiting.about)
        and each.happened_at > waiting.cause.happened_at
    ]
    return max(later, key=lambda each: each.happened_at).id if later else None
