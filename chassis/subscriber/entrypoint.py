"""The nameko entrypoint under a service's events: messages from the broker to the intake, its verdicts back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
import structlog
from eventlet.queue import LightQueue
from nameko.extensions import Entrypoint

from chassis.consuming import Consumer, Delivery, Source
from chassis.metrics import EVENTS_HELD
from chassis.subscriber.handling import Batch, Handling
from chassis.subscriber.intake import Arrival, Intake, Verdict

log = structlog.get_logger(__name__)

PREFETCH = 50
WORKERS = 16
_BATCH_PREFETCH = 400
_PAUSES = (0.1, 0.2, 0.5, 1.0)
_SECONDS_TO_FINISH = 1.5
_SECONDS_TO_LEAVE = 0.5


class Subscription(Entrypoint):
    """Stands on the service's method that names its handlers; nameko's config holds `failed_events` and `AMQP_URI`.

    Handlers run in a few green threads of its own: a nameko worker's context costs about as much as an effect.
    """

    def setup(self) -> None:
        handling = Handling(self._handlers())
        self._intake = Intake(handling, self.container.config["failed_events"])
        self._waiting: LightQueue = LightQueue()
        self._batches: dict[str, tuple[Batch, LightQueue]] = _queues_of(handling)
        self._queue = f"{self.container.service_name}.subscription"
        source = Source(self._queue, _BATCH_PREFETCH if self._batches else PREFETCH, self._arrived)
        self._consumer = Consumer(self.container.config["AMQP_URI"], [source], self._wanted)
        self._busy = 0
        self._held = 0
        self._open = False
        self._stopping = False

    def start(self) -> None:
        together = {id(queue): partial(self._work_together, batch, queue) for batch, queue in self._batches.values()}
        for run in (self._consumer.run, self._open_when_the_database_answers, *[self._work] * WORKERS):
            self.container.spawn_managed_thread(run, identifier="subscription")
        for work in together.values():
            self.container.spawn_managed_thread(work, identifier="subscription batch")

    def stop(self) -> None:
        """Takes nothing new, lets what has begun finish, then hands the rest back to the broker by leaving."""
        self._stopping = True
        with eventlet.Timeout(_SECONDS_TO_FINISH, False):
            while self._busy:
                eventlet.sleep(0.01)
        self.kill()
        with eventlet.Timeout(_SECONDS_TO_LEAVE, False):
            while self._consumer.connected:
                eventlet.sleep(0.01)

    def kill(self) -> None:
        self._stopping = True
        self._consumer.leave()
        # Wakes the workers up, to find that there is nothing left to do.
        for _ in range(WORKERS):
            self._waiting.put(None)
        for _, queue in self._batches.values():
            queue.put(None)

    @property
    def connected(self) -> bool:
        """Whether the broker answers: a question for readiness."""
        return self._consumer.connected

    def _handlers(self) -> Any:
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(None))
        return getattr(service, self.method_name)()

    def _wanted(self) -> frozenset[str]:
        """The queues to take from: none while the database is away. Suspects are the worker's."""
        return frozenset() if self._held or self._stopping or not self._open else frozenset({self._queue})

    def _arrived(self, delivery: Delivery) -> None:
        _, queue = self._batches.get(delivery.routing_key, (None, self._waiting))
        queue.put(delivery)

    def _open_when_the_database_answers(self) -> None:
        while not self._intake.failed.answers() and not self._stopping:
            eventlet.sleep(0.5)
        self._open = True

    def _work(self) -> None:
        while (delivery := self._waiting.get()) is not None:
            if not self._stopping:
                self._until_judged([delivery], lambda arrivals: [self._intake.take(arrivals[0])])

    def _work_together(self, batch: Batch, queue: LightQueue) -> None:
        while (first := queue.get()) is not None:
            deliveries = [first, *(queue.get() for _ in range(queue.qsize()))]
            if not self._stopping:
                self._until_judged(deliveries, lambda arrivals: self._intake.take_together(batch, arrivals))

    def _until_judged(self, deliveries: list[Delivery], judge: Callable[[list[Arrival]], list[Verdict]]) -> None:
        """Asks for verdicts until each message has one other than WAIT; meanwhile nothing new is taken."""
        self._busy += 1
        waited = 0
        try:
            while deliveries:
                verdicts = judge([_arrival(delivery, waited) for delivery in deliveries])
                deliveries = [each for each, verdict in zip(deliveries, verdicts, strict=True) if _kept(each, verdict)]
                if deliveries and not self._hold(waited):
                    return
                waited += 1
        finally:
            self._busy -= 1

    def _hold(self, waited: int) -> bool:
        """Waits a little; false when the service is asked to stop meanwhile."""
        self._held += 1
        EVENTS_HELD.set(self._held)
        eventlet.sleep(_PAUSES[min(waited, len(_PAUSES) - 1)])
        self._held -= 1
        EVENTS_HELD.set(self._held)
        return not self._stopping


subscription = Subscription.decorator


def _queues_of(handling: Handling) -> dict[str, tuple[Batch, LightQueue]]:
    by_batch = {id(batch): (batch, LightQueue()) for batch in handling.batches.values()}
    return {event_type: by_batch[id(batch)] for event_type, batch in handling.batches.items()}


def _arrival(delivery: Delivery, waited: int) -> Arrival:
    return Arrival(delivery.body, delivery.queue, delivery.returns, waited)


def _kept(delivery: Delivery, verdict: Verdict) -> bool:
    """Answers the broker as the verdict says; true when the message is to be kept and asked about again."""
    if verdict is Verdict.DONE:
        delivery.done()
    elif verdict is Verdict.SUSPECT:
        delivery.answer("reject")
    return verdict is Verdict.WAIT
