"""A digest: one message, by one channel, of everything that could wait since the last one.

It is a notification of its own, sent like any other, and kept apart: what it tells stands in the inbox already. Its
id is made of the recipient, the channel and the moment, so that it is put together once, whoever notices first.
"""

from collections.abc import Sequence
from datetime import datetime

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.delivery import Delivery
from services.notify.domain.hours import EVERY_DAY, next_at
from services.notify.domain.notification import Cause, Notification
from services.notify.domain.preferences import WEEKLY, Preferences

DIGEST = "digest"
"""The purpose of a digest, beside those of the table."""


def next_digest(pace: str, preferences: Preferences, zone: str, now: datetime) -> datetime:
    """When what could wait is told next: on the person's next working day, or on their day of the week."""
    days = preferences.hours.working_days if preferences.hours else EVERY_DAY
    return next_at(preferences.digest_at, (preferences.digest_on,) if pace == WEEKLY else days, zone, now)


def digest_id(recipient: str, channel: str, moment: datetime) -> str:
    """One digest of a person, channel and moment."""
    return document_id("ntf", derived(recipient, channel, DIGEST, moment.isoformat()))


def gather(items: Sequence[Notification], channel: str, moment: datetime, *, now: datetime) -> Decision[Notification]:
    """The digest of these notifications of one person, oldest first, to be sent at once. `items`: at least one."""
    recipient = items[0].recipient
    identity = digest_id(recipient, channel, moment)
    told = sorted(items, key=lambda each: (each.cause.happened_at, each.id))
    digest = Notification(
        id=identity,
        recipient=recipient,
        purpose=DIGEST,
        because=DIGEST,
        about=recipient,
        cause=Cause(
            event=identity.partition("_")[2],
            correlation=identity,
            traceparent=None,
            about=recipient,
            facts={"items": [each.id for each in told]},
            happened_at=moment,
        ),
        queued_at=now,
        deliveries=(Delivery(channel, next_try=now),),
        routed=True,
    )
    return Decision(digest, what="gathered")


def items_of(notification: Notification) -> Sequence[str]:
    """The ids of what a digest tells of, oldest first; none where it is no digest."""
    return notification.cause.facts["items"] if notification.purpose == DIGEST else ()
