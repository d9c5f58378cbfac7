"""A person's inbox: how far they have seen it. What of it they read or acknowledged stands with each notification."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.notification import Notification

MOST_COUNTED = 100
"""A badge says no more than that there are so many: who has thousands waits for no count of them."""


@dataclass(frozen=True)
class Inbox:
    """Everything queued until `seen_until`, included, was shown to the person in a list."""

    id: str
    person: str
    seen_until: datetime | None = None


def inbox_id(person: str) -> str:
    """A person has one inbox."""
    return document_id("box", derived(person, "inbox"))


def unopened(person: str) -> Inbox:
    """The inbox of somebody who has not looked into it yet."""
    return Inbox(inbox_id(person), person)


def see(inbox: Inbox, newest: Notification) -> Decision[Inbox] | None:
    """Everything down from `newest` was shown. `None` when all of it had been before."""
    if has_seen(inbox, newest):
        return None
    return Decision(replace(inbox, seen_until=newest.queued_at), what="seen")


def has_seen(inbox: Inbox, notification: Notification) -> bool:
    """Whether it was shown to the person by the last time they looked."""
    return inbox.seen_until is not None and notification.queued_at <= inbox.seen_until
