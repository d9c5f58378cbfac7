"""The nameko entrypoint under a service's RPC methods, and the dependency that gives them the application.

nameko's own declares the shared exchange and therefore needs the right to delete it, and one message without
`reply_to` ends its process, at every restart again. This one declares nothing and outlives any message.
"""

from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

import eventlet
import structlog
from nameko.extensions import DependencyProvider, Entrypoint, ProviderCollector, SharedExtension, register_entrypoint

from chassis import crashpoints
from chassis.consuming import Consumer, Delivery, Source
from chassis.kernel.errors import InvalidCommand
from chassis.metrics import CALLS_UNREADABLE
from chassis.rpc import messages
from chassis.rpc.answers import Answer, error_of, refused
from chassis.rpc.call import GRACE, Call
from chassis.rpc.messages import Envelope, NoCall
from chassis.rpc.replying import Replies, Reply
from chassis.rpc.running import answered

log = structlog.get_logger(__name__)
Method = TypeVar("Method", bound=Callable[..., Any])

_SECONDS_TO_FINISH = 5.0
_SECONDS_TO_LEAVE = 0.5


class Application(DependencyProvider):
    """What bootstrap built: nameko's config carries it under `application`."""

    def get_dependency(self, _: Any) -> Any:
        return self.container.config["application"]


class RpcQueue(SharedExtension, ProviderCollector):
    """The service's one RPC queue, shared by all its methods."""

    def setup(self) -> None:
        url, workers = self.container.config["AMQP_URI"], self.container.max_workers
        source = Source(f"rpc-{self.container.service_name}", workers, self._arrived)
        self._taking = {source.queue}
        self._consumer = Consumer(url, [source], lambda: self._taking)
        self._replies = Replies(url)
        self._running = 0
        self._waiting: deque[tuple[Delivery, Envelope]] = deque()

    def start(self) -> None:
        self.container.spawn_managed_thread(self._replies.run, identifier="rpc replies")
        self.container.spawn_managed_thread(self._consumer.run, identifier="rpc consumer")

    def unregister_provider(self, provider: Any) -> None:
        """The service is about to stop: no more calls are taken. Those not begun go back to their queue."""
        self._taking = set()
        self._waiting.clear()
        super().unregister_provider(provider)

    def stop(self) -> None:
        """Lets those that run finish and their replies go out."""
        with eventlet.Timeout(_SECONDS_TO_FINISH, False):
            while self._running or not self._replies.idle:
                eventlet.sleep(0.01)
        self.kill()
        with eventlet.Timeout(_SECONDS_TO_LEAVE, False):
            while self._consumer.connected:
                eventlet.sleep(0.01)

    def kill(self) -> None:
        self._consumer.leave()
        self._replies.leave()

    @property
    def connected(self) -> bool:
        """Whether the broker answers: a question for readiness."""
        return self._consumer.connected

    def _arrived(self, delivery: Delivery) -> None:
        if not self._taking:
            return
        try:
            envelope = messages.envelope(delivery)
        except NoCall as problem:
            CALLS_UNREADABLE.labels(str(problem)).inc()
            log.warning("message on the RPC queue is no call", reason=str(problem))
            delivery.answer("ack")
            return
        self._waiting.append((delivery, envelope))
        self._begin_next()

    def _begin_next(self) -> None:
        while self._waiting and self._running < self.container.max_workers:
            self._begin(*self._waiting.popleft())

    def _begin(self, delivery: Delivery, envelope: Envelope) -> None:
        # Acknowledged when it is taken up: its caller repeats a call, not the broker. One that came again after a crash
        # could be carried out after its caller was told that it is refused, and one that kills would kill for ever.
        if not delivery.answer("ack"):
            return
        service, _, method = delivery.routing_key.partition(".")
        entrypoint = next((each for each in self._providers if each.method_name == method), None)
        if entrypoint is None:
            self.finish(envelope, refused("MethodNotFound", service=service, method=method))
            return
        try:
            fields, call = messages.fields(delivery), messages.call(delivery)
        except NoCall as problem:
            wrong = {"field": "body", "problem": str(problem)}
            self.finish(envelope, error_of(InvalidCommand(problems=[wrong]), delivery.routing_key))
        except InvalidCommand as error:
            self.finish(envelope, error_of(error, delivery.routing_key))
        else:
            self._running += 1
            entrypoint.run(call, fields, partial(self._ended, delivery.routing_key, envelope, call))

    def _ended(self, method: str, envelope: Envelope, call: Call, _: Any, answer: Any, error: Any) -> Any:
        """nameko calls this when its worker has ended: with the answer, or with what went wrong around the method."""
        self._running -= 1
        if answer is None:
            answer = error_of(error[1], method)
        self.finish(envelope, answer, call)
        self._begin_next()
        return answer, error

    def finish(self, envelope: Envelope, answer: Answer, call: Call | None = None) -> None:
        """Sends the reply. A crash before it leaves the caller to ask again, and to find its command applied."""
        crashpoints.reached("rpc.before-reply")
        until = call.deadline + GRACE if call else float("inf")
        self._replies.send(Reply(envelope.reply_to, envelope.correlation_id, answer.body, until))


class Rpc(Entrypoint):
    """One method of the service."""

    queue = RpcQueue()

    def setup(self) -> None:
        self.queue.register_provider(self)

    def stop(self) -> None:
        self.queue.unregister_provider(self)

    def run(self, call: Call, fields: dict[str, Any], ended: Callable[..., Any]) -> None:
        """Runs the method in a worker of nameko's, with its dependencies."""
        name = f"{self.container.service_name}.{self.method_name}"
        self.container.spawn_worker(self, (name, call, fields), {}, handle_result=ended)


def rpc(method: Method) -> Method:
    """Makes `method(self, call, **fields)` callable over RPC. It returns JSON values or a dataclass of them."""

    @wraps(method)
    def run(service: Any, name: str, call: Call, fields: dict[str, Any]) -> Answer:
        return answered(method, name, service, call, fields)

    register_entrypoint(run, Rpc())
    return run  # type: ignore[return-value] # who calls the decorated method is nameko
