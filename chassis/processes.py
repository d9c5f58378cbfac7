"""The processes of a service: what `serve`, `relay` and `worker` have in common, whatever the service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from pymongo.database import Database

from chassis import logs, tracing
from chassis.clock import Clock, clock_from
from chassis.failed_events import COLLECTION, Drain, FailedEvents, RetryWorker
from chassis.failed_events.retrying import LEASE_SECONDS
from chassis.health import database_answers
from chassis.manifest import Manifest
from chassis.relay import run_relay
from chassis.roles import SERVE
from chassis.settings import ServiceSettings, read
from chassis.stopping import hold_signals
from chassis.store import database_at
from chassis.subscriber.handling import Handlers, Handling
from chassis.subscriber.suspects import Suspects
from chassis.subscriber.trial import Trial, same_program, try_events
from chassis.timers import Timers
from chassis.working import Task, work

Settings = TypeVar("Settings", bound=ServiceSettings)


@dataclass(frozen=True)
class Process(Generic[Settings]):
    """One process: its settings are read, its logs and traces set up; it connects when it runs."""

    manifest: Manifest
    settings: Settings
    clock: Clock

    @cached_property
    def database(self) -> Database[dict[str, Any]]:
        """The service's own database."""
        return database_at(self.settings.mongo_url)

    @cached_property
    def failed_events(self) -> FailedEvents:
        """The events that this service could not deal with."""
        return FailedEvents(self.database[COLLECTION], self.manifest.name, self.clock)

    def serve(self, service: type, application: object) -> None:
        """Answers calls and takes events, until told to stop. `service` is nameko's class for both."""
        # Only this role knows nameko: the others do not pay for it.
        from chassis.serving import serve

        serve(service, self.settings, application=application, failed_events=self.failed_events)

    def relay(self) -> None:
        """Publishes unsent events, until told to stop."""
        run_relay(self.settings, self.manifest)

    def work(self, handlers: Handlers, timers: Sequence[Timers], more: Sequence[Task] = ()) -> None:
        """Timers, further attempts at failed events, suspects, what the broker gave up on, and `more`."""
        tasks = [Task(f"timers {number}", each.run_due, seconds=0.5) for number, each in enumerate(timers, 1)]
        tasks += [*event_tasks(self.settings.amqp_url, self.failed_events, handlers), *more]
        work(tasks, self.settings, ready={"database": database_answers(self.database)})

    def try_events(self, handlers: Handlers) -> None:
        """The worker's child: handles one event after the other from standard input, until that ends."""
        try_events(Handling(handlers))


def event_tasks(
    amqp_url: str, failed: FailedEvents, handlers: Handlers, seconds: float = 0.5, lease: float = LEASE_SECONDS
) -> list[Task]:
    """What a worker does about events. `seconds`: between two rounds; `lease`: seconds that one retry may take."""
    trial = Trial(same_program())
    retries = RetryWorker(failed, Handling(handlers), apart=trial, lease_seconds=lease)
    suspects = Suspects(amqp_url, f"{failed.subscriber}.suspects", failed, Trial(same_program()))
    drain = Drain(amqp_url, f"{failed.subscriber}.dead", failed)
    return [
        Task("retries", partial(_with_no_child_left, retries.run_once, trial), seconds),
        Task("suspects", suspects.run_once, seconds),
        Task("drain", drain.run_once, 4 * seconds),
    ]


def _with_no_child_left(run_once: Callable[[], int], trial: Trial) -> int:
    did = run_once()
    if not did:
        trial.close()
    return did


def prepared(manifest: Manifest, role: str, kind: type[Settings]) -> Process[Settings]:
    """The process of a role. Ends the program, naming each variable that is missing or wrong."""
    settings = read(kind)
    logs.configure(manifest.name, role, settings.log_level)
    tracing.configure(manifest.name)
    if role != SERVE:
        # Before the driver starts its threads, which would else end the process without a word.
        hold_signals()
    clock = clock_from(demo=settings.khunjerab_demo, offset_file=settings.khunjerab_clock_file)
    return Process(manifest, settings, clock)
