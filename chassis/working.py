"""The loop of a worker process: named tasks, each in a thread of its own, again and again.

work(
    [
        Task("retries", retry_worker.run_once, seconds=0.5),
        Task("drain", drain.run_once, seconds=2),
        Task("timers", timers.run_once, seconds=1),
    ],
    settings,
    ready={"database": database_answers(database)},
)
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

import structlog

from chassis.health import Health, Question, serve_health
from chassis.metrics import TASK_FAILURES
from chassis.settings import ServiceSettings
from chassis.stopping import hold_signals, wait_for_signal

log = structlog.get_logger(__name__)

LONGEST_ROUND = 300.0
"""Seconds after which a task that has not come round again counts as hanging."""
_LONGEST_PAUSE = 30.0


@dataclass
class Task:
    """Something done again and again. `once` may raise: then it waits longer, up to half a minute, and goes on.

    `seconds`: the pause between two rounds. A round that says it did something (a number above 0) is followed by the
    next at once.
    """

    name: str
    once: Callable[[], int | None]
    seconds: float
    ticked: float = field(default_factory=monotonic, init=False)
    _failures: int = field(default=0, init=False)

    def run(self, stopping: threading.Event) -> None:
        """Rounds until `stopping` is set."""
        while not stopping.is_set():
            self.ticked = monotonic()
            stopping.wait(self._round())

    def _round(self) -> float:
        """One round; returns the seconds until the next."""
        try:
            did = self.once()
        except Exception as error:
            self._failures += 1
            TASK_FAILURES.labels(self.name).inc()
            log.warning("task failed", task=self.name, exc_info=error)
            return min(_LONGEST_PAUSE, max(self.seconds, 0.2) * 2.0 ** min(self._failures, 8))
        self._failures = 0
        return 0.0 if did else self.seconds


def work(tasks: Sequence[Task], settings: ServiceSettings, ready: Mapping[str, Question]) -> None:
    """Runs the tasks until SIGTERM or SIGINT, then lets each finish its round and returns."""
    hold_signals()
    stopping = threading.Event()
    threads = [threading.Thread(target=task.run, args=(stopping,), name=task.name, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    serve_health(Health(lambda: all_tick(tasks), ready), settings.health_host, settings.health_port)
    log.info("working", tasks=[task.name for task in tasks])
    asked = wait_for_signal(while_=lambda: all(thread.is_alive() for thread in threads))
    stopping.set()
    for thread in threads:
        thread.join(timeout=10)
    log.info("stopped", asked=asked)
    if not asked:
        raise SystemExit("a task ended by itself")


def all_tick(tasks: Sequence[Task]) -> bool:
    """Liveness: whether each task has begun a round not too long ago."""
    return all(monotonic() - task.ticked < LONGEST_ROUND for task in tasks)
