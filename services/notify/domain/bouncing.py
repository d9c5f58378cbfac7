"""What a bounce makes of a notification."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.bounce import Bounce
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import BOUNCED, SENT
from services.notify.domain.events import NotificationBounced
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import Preferences
from services.notify.domain.routing import fallen_back


def report_bounce(
    notification: Notification, bounce: Bounce, *, preferences: Preferences, now: datetime
) -> Decision[Notification] | None:
    """Its mail came back: bounced, with the reason; where no other channel reached the person, the next one is begun.

    `None` where the mail is not known to be sent: it came back before, or goes out again and will come back again.
    """
    mailed = notification.by(EMAIL)
    if mailed is None or mailed.state != SENT:
        return None
    stands = replace(mailed, state=BOUNCED, reason=bounce.reason, detail=bounce.diagnostic)
    after = notification.with_delivery(stands)
    told = NotificationBounced(after, stands, bounce.for_good)
    return Decision(fallen_back(after, preferences, now=now), what=BOUNCED, events=(told,), why=bounce.reason)
