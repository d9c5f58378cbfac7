"""Webhooks' ports in memory, and a courier who answers as a test wishes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded, Transaction
from services.notify.application.webhooks import Lane, Posting, Turn
from services.notify.bootstrap.webhooks import Outgoing
from services.notify.domain.addresses import AddressNotAllowed
from services.notify.domain.webhooks.circuit import Circuit
from services.notify.domain.webhooks.delivery import TAKEN, Answer, WebhookDelivery
from services.notify.domain.webhooks.webhook import REMOVED, Webhook
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory
from tests.fakes.sealing import seals


class FakeWebhooks(InMemoryDocuments[Webhook]):
    """`Webhooks` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "webhook", lambda webhook: webhook.state)

    def of(self, sites: Iterable[str] | None) -> list[Loaded[Webhook]]:
        wanted = None if sites is None else set(sites)
        standing = [each for each in self.every() if each.state.state != REMOVED]
        return [each for each in standing if wanted is None or each.state.site in wanted]

    def every(self) -> list[Loaded[Webhook]]:
        return [self.load(each) for each in self.kept]


class FakeWebhookDeliveries(InMemoryDocuments[WebhookDelivery]):
    """`WebhookDeliveries` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "webhook-delivery", lambda delivery: delivery.state)
        self._made: dict[str, datetime] = {}

    def add(
        self,
        document_id: str,
        decision: Decision[WebhookDelivery],
        context: Context,
        within: Transaction | None = None,
    ) -> Receipt:
        self._made.setdefault(document_id, context.now)
        return super().add(document_id, decision, context, within)

    def add_new(self, queued: Sequence[tuple[Decision[WebhookDelivery], Context]]) -> None:
        for decision, context in queued:
            if decision.state.id not in self.kept:
                self.add(decision.state.id, decision, context)

    def is_any_due(self, now: datetime) -> bool:
        return any(each.state.next_try and each.state.next_try <= now for each in self.kept.values())

    def due(self, webhook: str, now: datetime, limit: int) -> list[Loaded[WebhookDelivery]]:
        own = [self.load(each) for each, kept in self.kept.items() if kept.state.webhook == webhook]
        waiting = [(each.state.next_try, each) for each in own if each.state.next_try and each.state.next_try <= now]
        return [each for _, each in sorted(waiting, key=lambda pair: pair[0])][:limit]

    def of_webhook(
        self, webhook: str, *, state: str | None, after: str | None, limit: int
    ) -> list[Loaded[WebhookDelivery]]:
        newest_first = sorted(self.kept, key=lambda each: (self._made[each], each), reverse=True)
        own = [self.load(each) for each in newest_first if self.kept[each].state.webhook == webhook]
        behind = [each.id for each in own].index(after) + 1 if after in [each.id for each in own] else 0
        return [each for each in own[behind:] if state in (None, each.state.state)][:limit]

    def forget(self, state: str, before: datetime, limit: int) -> int:
        old = [each for each, kept in self.kept.items() if kept.state.state == state and self._made[each] < before]
        for each in old[:limit]:
            del self.kept[each]
        return len(old[:limit])


class FakeLanes:
    """`Lanes` in memory. `seconds`: the clock of the turns."""

    def __init__(self, seconds: Callable[[], float], lease_seconds: float = 60.0) -> None:
        self._seconds, self._lease_seconds = seconds, lease_seconds
        self._lanes: dict[str, tuple[Lane, float]] = {}

    def every(self) -> Mapping[str, Lane]:
        now = self._seconds()
        return {each: replace(lane, is_taken=until >= now) for each, (lane, until) in self._lanes.items()}

    def take(self, webhook: str) -> Turn | None:
        now = self._seconds()
        lane, until = self._lanes.get(webhook, (Lane(), -1.0))
        if until >= now:
            return None
        self._lanes[webhook] = (replace(lane, last=now), now + self._lease_seconds)
        return Turn(webhook, lane.circuit, now + self._lease_seconds)

    def leave(self, turn: Turn, circuit: Circuit) -> None:
        lane, until = self._lanes[turn.webhook]
        if until == turn.until:
            self._lanes[turn.webhook] = (replace(lane, circuit=circuit), -1.0)

    def clear(self, webhook: str) -> None:
        if webhook in self._lanes:
            lane, until = self._lanes[webhook]
            self._lanes[webhook] = (replace(lane, circuit=Circuit()), until)


class KeepingCourier:
    """`Courier` who keeps what he is given. `answers` are his next answers; after them `otherwise`."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.otherwise = list(answers), Answer(TAKEN, status=204)
        self.given: list[Posting] = []

    def send(self, posting: Posting) -> Answer:
        self.given.append(posting)
        return self.answers.pop(0) if self.answers else self.otherwise


class FakeOutgoing:
    """`Addresses` that allow all but those with `inside` in them, and seals that are real."""

    def check(self, address: str) -> None:
        if "inside" in address:
            raise AddressNotAllowed(because="not-public")

    @property
    def whole(self) -> Outgoing:
        return Outgoing(seals(), self)
