"""Digests: put together once per person, channel and moment, by whichever worker comes first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from services.notify.application.escalations import Escalations, settled_among
from services.notify.application.ports import Notifications
from services.notify.domain.delivery import Delivery
from services.notify.domain.digest import digest_id, gather, items_of, next_digest
from services.notify.domain.holding_back import AWAITS_DIGEST, Circumstances, digest_awaited
from services.notify.domain.notification import Notification
from services.notify.domain.purposes import PURPOSES
from services.notify.domain.sending import drop, hold

IN_DIGEST = "in-digest"


@dataclass(frozen=True)
class Digesting:
    """Where digests are put together of what waits for them."""

    notifications: Notifications
    digests: Notifications
    escalations: Escalations

    def of_those(self, waiting: Sequence[Notification], channel: str) -> "Gathering":
        """Those for which a few notifications wait, asked for all of them at once."""
        awaited = ((each.recipient, digest_awaited(each.delivery_by(channel))) for each in waiting)
        ids = {digest_id(recipient, channel, moment) for recipient, moment in awaited if moment}
        return Gathering(self, channel, self.digests.named(ids) if ids else {})

    def put_together(self, waiting: Notification, channel: str, moment: datetime, now: datetime) -> Notification:
        """The one of the moment. What it tells is settled by whoever is the first to make it: nothing that is pointless
        by then.
        """
        awaiting = self.notifications.awaiting_digest(waiting.recipient, channel, moment)
        pointless = {*self.notifications.overtaken(awaiting), *settled_among(awaiting, self.escalations)}
        items = [each for each in awaiting if each.id not in pointless]
        decision = gather(items or [waiting], channel, moment, now=now)
        self.digests.add_new([(decision, Context(decision.state.cause.event, SYSTEM, now))])
        identity = decision.state.id
        # Of who was erased meanwhile no digest is kept.
        return self.digests.named([identity]).get(identity, decision.state)


@dataclass(frozen=True)
class Gathering:
    """Takes what has waited into the digest of its moment. `known`: the digests made so far, by id."""

    digesting: Digesting
    channel: str
    known: dict[str, Notification]

    def taken_in(
        self, waiting: Notification, moment: datetime, around: Circumstances
    ) -> Callable[[Notification, Delivery], Decision[Notification]]:
        """What becomes of a notification whose digest is due: told in it, or, where it came too late, in the next."""
        digest = self._digest(waiting, moment, around.now)
        if waiting.id in items_of(digest):
            return lambda state, delivery: drop(state, delivery, reason=IN_DIGEST, detail=digest.id)
        pace = around.preferences.said_of(PURPOSES[waiting.purpose].category)[self.channel]
        until = next_digest(pace, around.preferences, around.zone, around.now)
        return lambda state, delivery: hold(state, delivery, until=until, reason=AWAITS_DIGEST)

    def _digest(self, waiting: Notification, moment: datetime, now: datetime) -> Notification:
        identity = digest_id(waiting.recipient, self.channel, moment)
        if identity not in self.known:
            self.known[identity] = self.digesting.put_together(waiting, self.channel, moment, now)
        return self.known[identity]
