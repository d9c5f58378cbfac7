"""The worker's tasks "webhooks": queued deliveries are sent, each webhook's by one worker at a time.

Each webhook has a lane of its own: whoever takes it sends what is due there for a few seconds, then gives it back to
whoever comes; the one that waited longest for a turn comes first. So a slow or dead receiver keeps nobody but itself
waiting, as long as there are more tasks than such receivers, and a few seconds where there are not.

A crash after the receiver took an event and before that is written down sends it again, under the same id.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

import structlog

from chassis import crashpoints
from chassis.clock import Clock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from chassis.kernel.seals import SealBroken, Seals
from services.notify.application.turnstile import Room, Turnstile
from services.notify.application.webhooks import Courier, Lane, Lanes, Posting, WebhookDeliveries, Webhooks
from services.notify.domain.webhooks.circuit import Circuit, failed
from services.notify.domain.webhooks.delivery import (
    GONE_FOR_GOOD,
    KEPT,
    LATER,
    SEND,
    TAKEN,
    UNDELIVERED,
    Answer,
    WebhookDelivery,
    attempted,
    drop,
)
from services.notify.domain.webhooks.webhook import ENABLED, FAILING, GONE, Webhook, give_up

AT_ONCE = 20
"""How many deliveries one turn looks at."""
FORGOTTEN_AT_ONCE = 200

Decide = Callable[[WebhookDelivery], Decision[WebhookDelivery]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class WebhookSending:
    """Sends what is due. `turn_seconds`: after so long a turn begins no further attempt."""

    webhooks: Webhooks
    deliveries: WebhookDeliveries
    lanes: Lanes
    courier: Courier
    seals: Seals
    clock: Clock
    turnstile: Turnstile
    turn_seconds: float = 5.0
    seconds: Callable[[], float] = field(default=monotonic)

    def send_due(self) -> int:
        """One turn on the lane that waited longest; returns how many deliveries it dealt with, 0 where none is due."""
        if not self.deliveries.is_any_due(self.clock.now()):
            return 0
        known = self.lanes.every()
        standing = [(each, known.get(each.id, Lane())) for each in self.webhooks.every()]
        for webhook, lane in sorted(standing, key=lambda pair: pair[1].last):
            if not lane.is_taken and self._is_wanted(webhook, lane.circuit) and (did := self._turn(webhook)):
                return did
        return 0

    def forget_old(self) -> int:
        """Deletes what has been over for long enough."""
        now = self.clock.now()
        return sum(self.deliveries.forget(state, now - kept, FORGOTTEN_AT_ONCE) for state, kept in KEPT.items())

    def _is_wanted(self, webhook: Loaded[Webhook], circuit: Circuit) -> bool:
        return bool(self._waiting(webhook, circuit, at_most=1))

    def _turn(self, webhook: Loaded[Webhook]) -> int:
        turn = self.lanes.take(webhook.id)
        if turn is None:
            return 0
        circuit = turn.circuit
        try:
            # Asked for again: who had the lane a moment ago may have sent it all.
            waiting = self._waiting(webhook, circuit, at_most=AT_ONCE)
            room = self._room_at(webhook, len(waiting))
            dealt_with, circuit = self._deal_with(waiting[: room.most], webhook.id, circuit)
            # A slow receiver is told few of them in one turn: the others need their room later.
            self.turnstile.leave(room, dealt_with)
        finally:
            self.lanes.leave(turn, circuit)
        return dealt_with

    def _room_at(self, webhook: Loaded[Webhook], wanted: int) -> Room:
        """How many of so many it is told now: what is only dropped needs no room."""
        if webhook.state.state != ENABLED:
            return Room(wanted)
        return self.turnstile.room_at(webhook.id, wanted, self.clock.now())

    def _waiting(self, webhook: Loaded[Webhook], circuit: Circuit, at_most: int) -> list[Loaded[WebhookDelivery]]:
        now = self.clock.now()
        if webhook.state.state == ENABLED and not circuit.lets_through(now):
            return []
        return self.deliveries.due(webhook.id, now, at_most)

    def _deal_with(
        self, waiting: list[Loaded[WebhookDelivery]], webhook_id: str, circuit: Circuit
    ) -> tuple[int, Circuit]:
        """How many it came to, and how the receiver was found."""
        ends, dealt_with = self.seconds() + self.turn_seconds, 0
        for delivery in waiting:
            dealt_with += 1
            # Anew each time: it may be changed, disabled or get another secret meanwhile.
            webhook = self.webhooks.load(webhook_id).state
            if webhook.state != ENABLED:
                self._record(delivery, partial(drop, reason=f"webhook-{webhook.state}"))
                continue
            circuit = self._after(self._attempt(delivery, webhook), webhook, circuit)
            if self.seconds() > ends or not circuit.lets_through(self.clock.now()):
                break
        return dealt_with, circuit

    def _attempt(self, delivery: Loaded[WebhookDelivery], webhook: Webhook) -> Answer:
        crashpoints.reached("webhook.before-post")
        answer = self._sent(delivery.state, webhook)
        crashpoints.reached("webhook.after-post")
        self._record(delivery, lambda state: attempted(state, answer, now=self.clock.now()))
        return answer

    def _sent(self, delivery: WebhookDelivery, webhook: Webhook) -> Answer:
        try:
            secrets = [self.seals.opened(each.sealed) for each in webhook.signing(self.clock.now())]
        except SealBroken:
            return Answer(LATER, "secret-unreadable")
        return self.courier.send(Posting(delivery.id, webhook.url, delivery.body, secrets))

    def _after(self, answer: Answer, webhook: Webhook, circuit: Circuit) -> Circuit:
        if answer.verdict == TAKEN:
            return Circuit()
        if answer.verdict == GONE_FOR_GOOD:
            self._give_up(webhook.id, GONE)
            return circuit
        now = self.clock.now()
        circuit = failed(circuit, now=now)
        if circuit.is_beyond_hope(now):
            self._give_up(webhook.id, FAILING)
        return circuit

    @decided_again_on_conflict
    def _record(self, waiting: Loaded[WebhookDelivery], decide: Decide) -> None:
        """Writes down what came of the attempt, unless another worker has done so since."""
        loaded, tried = self.deliveries.load(waiting.id), waiting.state.next_try
        if tried is None or loaded.state.next_try != tried:
            return
        decision = decide(loaded.state)
        context = Context(derived(waiting.id, SEND, tried.isoformat()), SYSTEM, self.clock.now())
        self.deliveries.save(loaded, decision, context)
        if decision.state.state == UNDELIVERED:
            log.warning("webhook not delivered", delivery=waiting.id, reason=decision.state.reason)

    @decided_again_on_conflict
    def _give_up(self, webhook_id: str, reason: str) -> None:
        found = self.webhooks.load(webhook_id)
        if decision := give_up(found.state, reason=reason):
            context = Context(derived(webhook_id, reason, str(found.version)), SYSTEM, self.clock.now())
            self.webhooks.save(found, decision, context)
            log.warning("webhook disabled", webhook=webhook_id, reason=reason)
