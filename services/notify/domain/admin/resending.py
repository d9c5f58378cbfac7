"""A message sent anew by somebody who says why."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.admin.refusals import StillWaiting
from services.notify.domain.calendar_file import CalendarFile
from services.notify.domain.delivery import QUEUED, Delivery
from services.notify.domain.notification import Notification

RESENT = "resent"


def resend(
    notification: Notification, channel: str, *, reason: str, now: datetime, calendar: CalendarFile | None = None
) -> Decision[Notification]:
    """It goes out by the channel once more, whatever its reader prefers; what was tried before stays on record.

    `calendar`: what its mail is to enclose. Raises `StillWaiting` while it waits there anyway.
    """
    before = notification.by(channel) or Delivery(channel)
    if before.next_try:
        raise StillWaiting(channel=channel, state=before.state, next_try=before.next_try.isoformat())
    anew = replace(
        before,
        state=QUEUED,
        attempts=tuple(replace(each, counts=False) for each in before.attempts),
        next_try=now,
        reason=RESENT,
        detail="",
        resent=before.resent + 1,
    )
    after = notification.with_delivery(anew)
    return Decision(replace(after, calendar=calendar or after.calendar), what=RESENT, why=reason)
