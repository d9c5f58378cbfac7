"""The relay's threads put together: sweep, publish, pull, each at work while the others are; one more listens."""

import threading
from collections.abc import Set
from time import monotonic
from typing import Any

import structlog
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.clock import Clock, clock_from
from chassis.health import Health, database_answers, serve_health
from chassis.manifest import Manifest
from chassis.relay.parcels import Parcel
from chassis.relay.publishing import Publishing
from chassis.relay.pulling import Pulling
from chassis.relay.rhythm import LONGEST, Rhythm
from chassis.relay.sweeping import Sweeping
from chassis.relay.waking import Waking
from chassis.settings import ServiceSettings
from chassis.stopping import hold_signals, wait_for_signal
from chassis.store.connecting import database_at

log = structlog.get_logger(__name__)

WINDOW = 500
"""Events published and not yet confirmed: one at a time runs at a tenth of the speed."""
_HANGING = 60.0
_SECONDS_TO_FINISH = 3.0


class Relay:
    """Publishes the unsent events of one service. Two relays of one service do no harm."""

    def __init__(
        self, amqp_url: str, database: Database[Any], manifest: Manifest, clock: Clock, window: int = WINDOW
    ) -> None:
        self._sweeping = Sweeping(database, manifest.decided, clock)
        self._pulling = Pulling(database, self._sweeping.let_go)
        self._publishing = Publishing(amqp_url, f"{manifest.name}.events", self._pulling.finish, window)
        self._rhythm = Rhythm()
        self._waking = Waking(database, manifest.decided, self._rhythm.wake, self._has_backlog)
        self._room = window * 4
        # A sweep reads what is on its way, too: while there is much of that, the next one would read it for nothing.
        self._few = window // 5
        self._ticked = monotonic()

    @property
    def connected(self) -> bool:
        """Whether the broker answers."""
        return self._publishing.ready.is_set()

    @property
    def listening(self) -> bool:
        """Whether the database tells of decisions as they are made."""
        return self._waking.listening

    def alive(self) -> bool:
        """Whether both loops still tick."""
        return monotonic() - min(self._ticked, self._publishing.ticked) < _HANGING

    def stop(self) -> None:
        """Ends `run()`, from any thread."""
        self._rhythm.stop()

    def run(self) -> None:
        """Sweeps until told to stop, then lets what is out be confirmed and pulled."""
        threads = [threading.Thread(target=run, daemon=True) for run in (self._publishing.run, self._pulling.run)]
        for thread in threads:
            thread.start()
        self._sweep_once()
        # Not before: what stood there already, nobody tells of, and there may be much of it.
        threading.Thread(target=self._waking.run, daemon=True).start()
        while not self._rhythm.stopping.is_set():
            self._rhythm.wait()
            if not self._has_backlog():
                self._sweep_once()
        self._finish(threads)

    def _sweep_once(self) -> None:
        found = self._sweep(self._rhythm.where())
        self._rhythm.found(found, on_their_way=self._sweeping.on_their_way, listening=self.listening)

    def _has_backlog(self) -> bool:
        return self._sweeping.on_their_way > self._few

    def _sweep(self, only: Set[str]) -> int:
        """Offers what one sweep finds; returns the number of documents."""
        self._ticked = monotonic()
        if not self._publishing.ready.wait(LONGEST):
            return 0
        found = 0
        try:
            for parcel in self._sweeping.sweep(only):
                found += 1
                self._offer(parcel)
                if self._rhythm.stopping.is_set():
                    break
        except PyMongoError as error:
            log.warning("database does not answer", error=type(error).__name__)
            self._rhythm.stopping.wait(LONGEST)
        return found

    def _offer(self, parcel: Parcel) -> None:
        while self._publishing.waiting > self._room and not self._rhythm.stopping.is_set():
            self._ticked = monotonic()
            self._rhythm.stopping.wait(0.005)
        self._publishing.offer(parcel)

    def _finish(self, threads: list[threading.Thread]) -> None:
        self._waking.leave()
        until = monotonic() + _SECONDS_TO_FINISH
        while self._sweeping.on_their_way and self.connected and monotonic() < until:
            threading.Event().wait(0.01)
        self._publishing.leave()
        threads[0].join(_SECONDS_TO_FINISH)
        self._pulling.leave()
        threads[1].join(_SECONDS_TO_FINISH)


def run_relay(settings: ServiceSettings, manifest: Manifest) -> None:
    """Runs the relay of one service until SIGTERM or SIGINT."""
    database = database_at(settings.mongo_url)
    clock = clock_from(demo=settings.khunjerab_demo, offset_file=settings.khunjerab_clock_file)
    relay = Relay(settings.amqp_url, database, manifest, clock)
    hold_signals()
    ready = {"broker": lambda: relay.connected, "database": database_answers(database)}
    serve_health(Health(relay.alive, ready), settings.health_host, settings.health_port)
    log.info("relaying", collections=list(manifest.decided))
    running = threading.Thread(target=relay.run, name="relay")
    running.start()
    asked = wait_for_signal(while_=running.is_alive)
    relay.stop()
    running.join()
    log.info("stopped", asked=asked)
    if not asked:
        raise SystemExit("the relay ended by itself")
