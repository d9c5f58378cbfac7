"""Running a service's nameko class: RPC and subscriptions in one process, on eventlet.

    import eventlet; eventlet.monkey_patch()          # first thing in __main__, before any other import
    ...
    serve(ExchangeService, settings, application=application, failed_events=failed)

Never the `nameko` command, which needs a package that newer setuptools no longer has.
"""

import signal
from typing import Any

import eventlet
import structlog
from nameko.runners import ServiceRunner

from chassis.consuming import HEARTBEAT
from chassis.failed_events import FailedEvents
from chassis.health import Health, database_answers, serve_health
from chassis.settings import ServiceSettings

log = structlog.get_logger(__name__)

WORKERS = 16
"""Calls that one process works on at once."""


def serve(
    service: type, settings: ServiceSettings, *, application: Any, failed_events: FailedEvents | None = None
) -> None:
    """Serves until SIGTERM or SIGINT, then finishes what has begun and returns. Raises what ended it otherwise.

    `application` is what the service's `Application()` dependency gives its methods; `failed_events` is needed by a
    service that has a `@subscription`.
    """
    runner = ServiceRunner(
        {
            "AMQP_URI": settings.amqp_url,
            "HEARTBEAT": HEARTBEAT,
            "max_workers": WORKERS,
            "application": application,
            "failed_events": failed_events,
        }
    )
    runner.add_service(service)
    _stop_on_signals(runner)
    runner.start()
    serve_health(_health(runner, failed_events), settings.health_host, settings.health_port)
    log.info("serving", rpc=service.__name__)
    _wait(runner)
    log.info("stopped")


def _stop_on_signals(runner: Any) -> None:
    def stop(*_: Any) -> None:
        # A signal handler runs in the hub, which must not wait: stopping does, so it gets a green thread.
        eventlet.spawn_n(runner.stop)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _wait(runner: Any) -> None:
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            waiting.wait()
        except InterruptedError:
            continue  # the signal woke the hub up; stopping has begun
        return


def _health(runner: Any, failed_events: FailedEvents | None) -> Health:
    def broker_answers() -> bool:
        extensions = [each for container in runner.containers for each in container.extensions]
        return all(each.connected for each in extensions if hasattr(each, "connected"))

    ready = {"broker": broker_answers}
    if failed_events is not None:
        ready["database"] = database_answers(failed_events.collection.database)
    # Whoever is answered at all was answered by a hub that ticks.
    return Health(alive=lambda: True, ready=ready)
