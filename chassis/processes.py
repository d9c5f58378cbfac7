"""The processes of a service: what `serve`, `relay` and `worker` have in common, whatever the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pymongo.database import Database

from chassis import logs, tracing
from chassis.clock import Clock, clock_from
from chassis.failed_events import COLLECTION, Drain, FailedEvents, RetryWorker
from chassis.health import database_answers
from chassis.manifest import Manifest
from chassis.relay import run_relay
from chassis.roles import SERVE
from chassis.settings import ServiceSettings, read
from chassis.stopping import hold_signals
from chassis.store import database_at
from chassis.subscriber.handling import Handlers, Handling
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
        """Timers, further attempts at failed events, the drain of what the broker gave up on, and `more`."""
        retries = RetryWorker(self.failed_events, Handling(handlers))
        drain = Drain(self.settings.amqp_url, f"{self.manifest.name}.dead", self.failed_events)
        tasks = [Task(f"timers {number}", each.run_due, seconds=0.5) for number, each in enumerate(timers, 1)]
        tasks += [Task("retries", retries.run_once, seconds=0.5), Task("drain", drain.run_once, seconds=2), *more]
        work(tasks, self.settings, ready={"database": database_answers(self.database)})


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
