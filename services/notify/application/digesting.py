"""Digests: put together once per person, channel and moment, by whichever worker comes first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from services.notify.application.ports import Notifications
from services.notify.domain.delivery import Delivery
from services.notify.domain.digest import digest_id, gather, items_of, next_digest
from services.notify.domain.holding_back import AWAITS_DIGEST, Circumstances
from services.notify.domain.notification import Notification
from services.notify.domain.purposes import PURPOSES
from services.notify.domain.sending import drop, hold

IN_DIGEST = "in-digest"


@dataclass(frozen=True)
class Digesting:
    """Takes what has waited into the digest of its moment."""

    notifications: Notifications
    digests: Notifications

    def taken_in(
        self, waiting: Notification, channel: str, moment: datetime, around: Circumstances
    ) -> Callable[[Notification, Delivery], Decision[Notification]]:
        """What becomes of a notification whose digest is due: told in it, or, where it came too late, in the next."""
        digest = self._digest(waiting, channel, moment, around.now)
        if waiting.id in items_of(digest):
            return lambda state, delivery: drop(state, delivery, reason=IN_DIGEST, detail=digest.id)
        pace = around.preferences.said_of(PURPOSES[waiting.purpose].category)[channel]
        until = next_digest(pace, around.preferences, around.zone, around.now)
        return lambda state, delivery: hold(state, delivery, until=until, reason=AWAITS_DIGEST)

    def _digest(self, waiting: Notification, channel: str, moment: datetime, now: datetime) -> Notification:
        """The one of the moment, made now unless somebody has. What it tells is settled by whoever makes it."""
        identity = digest_id(waiting.recipient, channel, moment)
        made = self.digests.named([identity]).get(identity)
        if made:
            return made
        items = self.notifications.awaiting_digest(waiting.recipient, channel, moment)
        decision = gather(items or [waiting], channel, moment, now=now)
        self.digests.add_new([(decision, Context(decision.state.cause.event, SYSTEM, now))])
        return self.digests.named([identity])[identity]
