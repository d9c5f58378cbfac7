"""One message looked at: kept back by a rule, or handed over; and what is then to be written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from chassis import crashpoints
from chassis.clock import Clock
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from services.notify.application.digesting import Gathering
from services.notify.application.ports import Message
from services.notify.application.surroundings import Surroundings
from services.notify.domain import sending
from services.notify.domain.delivery import LATER, NEVER, Answer, Delivery
from services.notify.domain.holding_back import (
    Circumstances,
    Drop,
    Gather,
    Hold,
    Objection,
    Unreachable,
    breaks_through,
    objection_to,
)
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.routing import routed

log = structlog.get_logger(__name__)

Outcome = Callable[[Notification, Delivery], Decision[Notification]]
"""What is to be written down of a notification and its delivery by the channel, as they then stand."""


class Carrier(Protocol):
    """Takes notifications to people by one channel."""

    def carry(self, message: Message, now: datetime) -> Answer:
        """Puts one into words and hands it over; tells what came of it. May raise what a fault of ours raises."""
        ...

    def rest(self) -> None:
        """Ends the conversation that `carry` began, if any."""
        ...


@dataclass(frozen=True)
class LookedAt:
    """One that was leased, and what came of looking at it. `nobody_there`: the others would fare no better;
    `handed_over`: the channel was spoken to, or it was tried.
    """

    leased: Loaded[Notification]
    decide: Callable[[Notification], Decision[Notification]]
    nobody_there: bool = False
    handed_over: bool = False


@dataclass(frozen=True)
class Free:
    """One that was leased and that nothing keeps back. `notification`: as it goes by the recipient's channels."""

    leased: Loaded[Notification]
    notification: Notification
    recipient: Person
    around: Circumstances
    breaks_through: bool

    @property
    def id(self) -> str:
        return self.leased.id


@dataclass(frozen=True)
class Attempting:
    """Looks at messages that are due by one channel."""

    channel: str
    carrier: Carrier
    gathering: Gathering
    clock: Clock

    def look_at(self, waiting: Loaded[Notification], around: Surroundings) -> LookedAt | Free:
        """Free to go unless its recipient is unknown, does not want it so, or a rule objects."""
        recipient = around.people.get(waiting.state.recipient)
        if recipient is None:
            return LookedAt(waiting, self._deciding(partial(sending.put_off, now=self.clock.now())))
        circumstances = around.of(waiting.state, recipient, self.clock.now())
        notification = _routed(waiting.state, circumstances)
        delivery = notification.by(self.channel)
        if delivery is None or delivery.next_try is None:
            return LookedAt(waiting, lambda state: Decision(_routed(state, circumstances), what="routed"))
        if objection := objection_to(notification, delivery, circumstances):
            outcome = self._kept_back(notification, objection, circumstances)
            return LookedAt(waiting, self._deciding(outcome, circumstances))
        free_of_limits = breaks_through(notification, delivery, circumstances)
        return Free(waiting, notification, recipient, circumstances, free_of_limits)

    def hold(self, free: Free, held: Hold) -> LookedAt:
        """Leaves it until its turn comes."""
        outcome = partial(sending.hold, until=held.until, reason=held.reason)
        return LookedAt(free.leased, self._deciding(outcome, free.around))

    def hand_over(self, free: Free, around: Surroundings) -> LookedAt:
        """Has it carried to its recipient."""
        answer = self._carried(around.message(free.notification, free.recipient))
        preferences = free.around.preferences
        outcome = partial(sending.attempted, answer=answer, preferences=preferences, now=self.clock.now())
        return LookedAt(free.leased, self._deciding(outcome, free.around), answer.server_away, handed_over=True)

    def _deciding(
        self, outcome: Outcome, around: Circumstances | None = None
    ) -> Callable[[Notification], Decision[Notification]]:
        """The outcome, for the notification as it stands when it is written down: it may have been read meanwhile."""

        def decide(state: Notification) -> Decision[Notification]:
            standing = _routed(state, around) if around else state
            return outcome(standing, standing.delivery_by(self.channel))

        return decide

    def _kept_back(self, waiting: Notification, objection: Objection, around: Circumstances) -> Outcome:
        match objection:
            case Gather(moment):
                return self.gathering.taken_in(waiting, moment, around)
            case Hold(until, reason):
                return partial(sending.hold, until=until, reason=reason)
            case Drop(reason, detail):
                return partial(sending.drop, reason=reason, detail=detail)
            case Unreachable(reason):
                in_vain = Answer(NEVER, reason)
                return partial(sending.attempted, answer=in_vain, preferences=around.preferences, now=around.now)
        raise TypeError(f"no rule objects with {objection!r}")

    def _carried(self, message: Message) -> Answer:
        try:
            answer = self.carrier.carry(message, self.clock.now())
        except Exception:
            # A fault of ours in one template must not keep everybody else's messages waiting.
            told = message.notification
            log.exception("message not rendered", notification=told.id, purpose=told.purpose)
            return Answer(LATER, reason="not-rendered")
        crashpoints.reached("mail.after-smtp")
        return answer


def _routed(notification: Notification, around: Circumstances) -> Notification:
    if notification.routed:
        return notification
    return routed(notification, around.preferences, now=around.now)
