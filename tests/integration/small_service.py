"""A service as small as the chassis allows, for the tests of the chassis: `python -m tests.integration.small_service`.

It runs as `notify` (`serve`, `worker` and its `try`) and relays for `exchange` (`relay`). What a person's passport name
says is what its handler does about the event, until the file that `FIXED` names exists. `MUTANT` names a guard to take
away.
"""

import sys

import eventlet

if __name__ == "__main__" and sys.argv[1] == "serve":
    eventlet.monkey_patch()

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from chassis import logs, tracing
from chassis.clock import Clock, clock_from
from chassis.failed_events import COLLECTION, INDEXES, FailedEvents
from chassis.failed_events.retrying import LEASE_SECONDS
from chassis.health import database_answers
from chassis.kernel import ids
from chassis.kernel.errors import Refusal
from chassis.manifest import Collection, Manifest
from chassis.processes import event_tasks
from chassis.relay import run_relay
from chassis.rpc.call import Call
from chassis.rpc.server import Application, rpc
from chassis.serving import serve
from chassis.settings import ServiceSettings, read
from chassis.store.connecting import database_at
from chassis.store.faults import store_faults
from chassis.subscriber import Batch, Handlers, Handling, trial
from chassis.subscriber.entrypoint import subscription
from chassis.working import work
from contracts.envelope import CloudEvent, EventData
from contracts.exchange.v1 import PersonChanged
from tests.integration import mutants

PERSON_CHANGED, AGREED = "exchange.person.changed.v1", "exchange.agreement.took-effect.v1"
EXCHANGE = Manifest("exchange", (Collection("visits"), Collection("agreements")))
NOTIFY = Manifest(
    "notify",
    (Collection("effects", decided=False), Collection(COLLECTION, decided=False, indexes=INDEXES)),
    (PERSON_CHANGED, AGREED),
)
SERVICES = (EXCHANGE, NOTIFY)


class Disliked(Refusal):
    """A rule of this service said no."""


@dataclass(frozen=True)
class Small:
    """What the service does: it notes each event, and each command, once."""

    database: Database[Any]
    clock: Clock

    def note(self, event: CloudEvent, data: EventData) -> None:
        assert isinstance(data, PersonChanged)
        if not Path(os.environ.get("FIXED", "/nonexistent")).exists():
            _BEHAVIOURS.get(data.passport_name, lambda: None)()
        self._once(ids.derived(event.id, "effect"), {"person": data.person})

    def note_all(self, events: Any) -> None:
        for event, data in events:
            self._once(ids.derived(event.id, "effect"), {"agreement": data.agreement})

    def do(self, command_id: str) -> str:
        self._once(command_id, {"command": command_id})
        return command_id

    def do_both(self, command_id: str, seconds: float) -> str:
        """Two documents in one transaction, and some time between the one and the other."""
        effects = self.database["effects"]

        def write(within: ClientSession) -> None:
            effects.insert_one({"_id": f"{command_id} first", "command": command_id}, session=within)
            time.sleep(seconds)
            effects.insert_one({"_id": f"{command_id} second", "command": command_id}, session=within)

        with store_faults(), self.database.client.start_session() as session:
            session.with_transaction(write)
        return command_id

    def _once(self, effect: str, what: dict[str, Any]) -> None:
        try:
            with store_faults():
                self.database["effects"].insert_one({"_id": effect} | what)
        except DuplicateKeyError:
            return


def _refuse() -> None:
    raise Disliked(person="per_0")


def _raise() -> None:
    raise RuntimeError("a text that must not be told: MEHRBAN ALI")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dawdle() -> None:
    time.sleep(0.5)


def _die_in_the_worker() -> None:
    _raise() if sys.argv[1] == "serve" else _die()


def _hang() -> None:
    while True:
        time.sleep(1)


_BEHAVIOURS: dict[str, Callable[[], None]] = {
    "DIE LATER": _die_in_the_worker,
    "SLOW": _dawdle,
    "REFUSE": _refuse,
    "RAISE": _raise,
    "DIE": _die,
    "EXIT": lambda: os._exit(0),
    "LEAVE": lambda: sys.exit(0),
    "PRINT": lambda: print("{}", flush=True),  # noqa: T201
    "HANG": _hang,
}


def handlers(small: Small) -> Handlers:
    return {PERSON_CHANGED: small.note, AGREED: Batch(small.note_all)}


class SmallService:
    """The service's nameko class."""

    name = "notify"
    application = Application()

    @subscription
    def events(self) -> Handlers:
        return handlers(self.application)

    @rpc
    def echo(self, call: Call, text: str = "") -> dict[str, Any]:
        return {"text": text, "person": call.actor.person, "command_id": call.command_id}

    @rpc
    def do(self, call: Call) -> str:
        return str(self.application.do(call.command_id))

    @rpc
    def dawdle(self, call: Call, seconds: float) -> str:
        Path(os.environ["FIXED"]).with_name("dawdling").touch()
        time.sleep(seconds)
        return str(self.application.do(call.command_id))

    @rpc
    def do_both(self, call: Call, seconds: float) -> str:
        return str(self.application.do_both(call.command_id, seconds))

    @rpc
    def refuse(self, _: Call) -> None:
        _refuse()

    @rpc
    def fail(self, _: Call) -> None:
        _raise()

    @rpc
    def die(self, _: Call) -> None:
        _die()

    @rpc
    def count(self, _: Call) -> int:
        return int(self.application.database["effects"].count_documents({}))


def main(role: str) -> None:
    settings = read(ServiceSettings)
    logs.configure("notify" if role != "relay" else "exchange", role, settings.log_level)
    tracing.configure("small")
    trial.LONGEST_TRIAL = int(os.environ.get("LONGEST_TRIAL", trial.LONGEST_TRIAL))
    mutants.take_away(os.environ.get("MUTANT", ""))
    if role == "relay":
        run_relay(settings, EXCHANGE)
        return
    database = database_at(settings.mongo_url)
    clock = clock_from(demo=settings.khunjerab_demo, offset_file=settings.khunjerab_clock_file)
    failed = FailedEvents(database[COLLECTION], "notify", clock)
    small = Small(database, clock)
    if role == "serve":
        serve(SmallService, settings, application=small, failed_events=failed)
        return
    if role == "try":
        trial.try_events(Handling(handlers(small)))
        return
    lease = float(os.environ.get("SHORT_LEASE", LEASE_SECONDS))
    tasks = event_tasks(settings.amqp_url, failed, handlers(small), seconds=0.1, lease=lease)
    work(tasks, settings, ready={"database": database_answers(database)})


if __name__ == "__main__":
    main(sys.argv[1])
