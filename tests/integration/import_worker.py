"""What a worker does about one import, in a process that may be killed: `python -m … <database> <import> <step>`."""

import sys

from chassis.clock import SystemClock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.exchange.bootstrap import Exchange
from tests.fakes.sealing import PlainPrinter, seals


def main(mongo_url: str, import_id: str, step: str) -> None:
    """`step`: `check_import` or `apply_import`."""
    clock = SystemClock()
    exchange = Exchange(database_at(mongo_url), clock, seals(), PlainPrinter())
    getattr(exchange, step)(import_id, Context(derived(import_id, step), SYSTEM, clock.now()))


if __name__ == "__main__":
    main(*sys.argv[1:])
