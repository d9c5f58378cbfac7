"""Our exchange's `propose_visit` behind stock nameko: `python -m benchmarks.stock_deciding exchange`.

The same decision on the same documents; what differs is how the event gets out: dispatched on the spot, and lost with
the process that dies before. It shows what the way from outbox to subscriber costs, apart from what deciding does.
"""

import eventlet

if __name__ == "__main__":
    eventlet.monkey_patch()

import os
from pathlib import Path
from typing import Any

from nameko.events import EventDispatcher
from nameko.extensions import DependencyProvider
from nameko.rpc import rpc
from nameko.runners import ServiceRunner

from benchmarks.names import EVENT_TYPE
from chassis.clock import DemoClock
from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.store import database_at
from services.exchange.application.commands import ProposeVisit
from services.exchange.bootstrap import Exchange
from tests.fakes.sealing import PlainPrinter, seals


class Application(DependencyProvider):
    """The exchange without its chassis."""

    def setup(self) -> None:
        clock = DemoClock(Path(os.environ["KHUNJERAB_CLOCK_FILE"]))
        self.exchange = Exchange(database_at(os.environ["MONGO_URL"]), clock, seals(), PlainPrinter())

    def get_dependency(self, _: Any) -> Exchange:
        return self.exchange


class Deciding:
    """Decides, then dispatches."""

    name = "exchange"
    exchange = Application()
    dispatch = EventDispatcher()

    @rpc
    def propose_visit(self, event: dict[str, Any], actor: dict[str, Any], fields: dict[str, Any]) -> str:
        who = Actor(actor["person"], frozenset(actor["roles"]), frozenset(actor["sites"]))
        context = Context(event["correlationid"], who, self.exchange.clock.now())
        receipt = self.exchange.propose_visit(parsed(ProposeVisit, fields), context)
        self.dispatch(EVENT_TYPE, event)
        return str(receipt.id)


def main() -> None:
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URL"]})
    runner.add_service(Deciding)
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main()
