"""A worker's task: what is queued for one channel is handed over, each message by one worker at a time.

A crash after a message was taken and before that is written down sends it again, under the same id: between another's
server and our database no more can be promised than at least once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

import structlog

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from services.notify.application.attempting import Attempting, Carrier, Free, LookedAt
from services.notify.application.digesting import Digesting
from services.notify.application.gate import NO_PASSAGE, Gate
from services.notify.application.ports import Queue
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.application.surroundings import Lookup, Surroundings
from services.notify.application.turnstile import Turnstile
from services.notify.domain.delivery import FAILED, NOT_SENT
from services.notify.domain.holding_back import Hold
from services.notify.domain.notification import Notification

log = structlog.get_logger(__name__)

TOGETHER = 20
"""How many are leased, sent and written down together: what a crash in between may send twice."""


@dataclass(frozen=True)
class Sending:
    """Hands over what is due by one channel.

    `queue`: the shelf of what is to be sent: notifications, or digests. `patience`: seconds after which no other of
    those leased together is begun: their leases would run out before they are written down. `seconds`: the machine's
    own clock.
    """

    channel: str
    queue: Queue
    lookup: Lookup
    carrier: Carrier
    digesting: Digesting
    clock: Clock
    patience: float = 15.0
    seconds: Callable[[], float] = monotonic
    gate: Gate = field(kw_only=True)
    turnstile: Turnstile = field(kw_only=True)

    def send_due(self, limit: int = 500) -> int:
        """One round: looks at up to `limit` messages whose time has come, and returns how many.

        None while the gate is closed; ends early when nobody can be spoken to. Raises `Unavailable` when the store does
        not answer.
        """
        due = self.queue.due(self.channel, self.clock.now(), limit)
        passage = self.gate.passage(self.channel, limit) if due else NO_PASSAGE
        if not passage.most:
            return 0
        found = self._round(due[: passage.most])
        self.gate.passed(self.channel, passage, reached=_reached(found))
        return len(found)

    def _round(self, due: Sequence[str]) -> list[LookedAt]:
        looked_at: list[LookedAt] = []
        try:
            for first in range(0, len(due), TOGETHER):
                looked_at += self._looked_through(due[first : first + TOGETHER])
                if looked_at and looked_at[-1].nobody_there:
                    break
        finally:
            self.carrier.rest()
        return looked_at

    def _looked_through(self, due: Sequence[str]) -> list[LookedAt]:
        until = self.seconds() + self.patience
        leased = self.queue.lease(due, self.channel, self.clock.now())
        return self._dealt_with(leased, until) if leased else []

    def _dealt_with(self, leased: Sequence[Loaded[Notification]], until: float) -> list[LookedAt]:
        states = [each.state for each in leased]
        around, gathering = self.lookup.around(states), self.digesting.of_those(states, self.channel)
        attempting = Attempting(self.channel, self.carrier, gathering, self.clock)
        seen = [attempting.look_at(waiting, around) for waiting in leased]
        free = [each for each in seen if isinstance(each, Free)]
        turns = self.turnstile.turns(self.channel, free, self.clock.now())
        found: list[LookedAt] = []
        for each in seen:
            found.append(each if isinstance(each, LookedAt) else _let_through(each, turns.held, attempting, around))
            if found[-1].nobody_there or self.seconds() > until:
                break
        self._record(found)
        # Not before: what was handed over has to be written down, whatever else fails.
        self.turnstile.give_back(turns, {each.id for each in free} - {each.leased.id for each in found})
        return found

    def _record(self, found: Sequence[LookedAt]) -> None:
        """Writes down what came of each; anew for those that changed meanwhile, as reading one does."""
        made = [(each, each.leased, each.decide(each.leased.state)) for each in found]
        while made:
            for _, _, decision in made:
                self._tell(decision.state)
            written = [(loaded, decision, self._context(each.leased)) for each, loaded, decision in made]
            changed = self.queue.record(written, self.channel)
            again = [(each, self.queue.load(each.leased.id)) for each in found if each.leased.id in changed]
            waiting = [(each, loaded) for each, loaded in again if self._still_waits(each, loaded)]
            made = [(each, loaded, each.decide(loaded.state)) for each, loaded in waiting]

    def _still_waits(self, found: LookedAt, loaded: Loaded[Notification]) -> bool:
        """Whether nobody has written down an outcome since, whose lease came after ours had run out."""
        stands = loaded.state.by(self.channel)
        return stands is not None and stands.next_try == found.leased.state.delivery_by(self.channel).next_try

    def _context(self, leased: Loaded[Notification]) -> Context:
        moment = leased.state.delivery_by(self.channel).next_try
        command_id = derived(leased.id, self.channel, moment.isoformat() if moment else "")
        return in_chain_of(leased.state.cause, command_id, self.clock.now())

    def _tell(self, notification: Notification) -> None:
        delivery = notification.by(self.channel)
        if delivery and (delivery.state in FAILED or delivery.state == NOT_SENT):
            log.warning(
                "message not delivered",
                notification=notification.id,
                channel=self.channel,
                state=delivery.state,
                reason=delivery.reason,
            )


def _let_through(free: Free, holds: Mapping[str, Hold], attempting: Attempting, around: Surroundings) -> LookedAt:
    if held := holds.get(free.id):
        return attempting.hold(free, held)
    return attempting.hand_over(free, around)


def _reached(found: Sequence[LookedAt]) -> bool | None:
    """Whether the server was there; `None` where nothing was handed over."""
    if found and found[-1].nobody_there:
        return False
    return True if any(each.handed_over for each in found) else None
