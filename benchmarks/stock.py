"""Stock nameko, as its documentation shows it: what the figures stand beside. `python -m benchmarks.stock handler`.

`handler` has one effect for each event: an insert, as safe as ours. `exchange` inserts what a call brings and
dispatches an event about it. Neither survives a crash between two of its steps: ours has to, and is compared all the
same.
"""

import eventlet

if __name__ == "__main__":
    eventlet.monkey_patch()

import os
import sys
from typing import Any

from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from nameko.rpc import rpc
from nameko.runners import ServiceRunner

from benchmarks.moments import Moments
from benchmarks.names import EVENT_TYPE
from chassis.store import database_at


class Collection(DependencyProvider):
    """A collection of the database that the environment names, written as safely as ours are."""

    def __init__(self, name: str) -> None:
        self.name = name

    def setup(self) -> None:
        self.collection = database_at(os.environ["MONGO_URL"])[self.name]

    def get_dependency(self, _: Any) -> Any:
        return self.collection


class Noting(DependencyProvider):
    """Where effects are noted."""

    def setup(self) -> None:
        self.moments = Moments.asked_for()

    def get_dependency(self, _: Any) -> Moments:
        return self.moments


class Handler:
    """One insert for each event."""

    name = "handler"
    effects = Collection("effects")
    moments = Noting()

    @event_handler("exchange", EVENT_TYPE)
    def handle(self, event: dict[str, Any]) -> None:
        self.effects.insert_one({"event": event["id"]})
        self.moments.note(event["correlationid"])


class Exchange:
    """Inserts, then dispatches."""

    name = "exchange"
    visits = Collection("visits")
    dispatch = EventDispatcher()

    @rpc
    def propose_visit(self, event: dict[str, Any]) -> str:
        self.visits.insert_one({"_id": event["correlationid"], **event["data"]})
        self.dispatch(EVENT_TYPE, event)
        return str(event["correlationid"])


def main(service: str) -> None:
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URL"]})
    runner.add_service({"handler": Handler, "exchange": Exchange}[service])
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main(sys.argv[1])
