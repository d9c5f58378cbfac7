"""One step of one import, in a process that may be killed: `python -m … <database> <import> <step> …`."""

import base64
import sys
from pathlib import Path

from chassis.clock import SystemClock
from chassis.commands import parsed
from chassis.kernel.actor import PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.exchange.application import commands
from services.exchange.bootstrap import Exchange
from tests.fakes.sealing import PlainPrinter, seals


def main(mongo_url: str, import_id: str, step: str, *more: str) -> None:
    """`step`: what a worker does, `check_import` or `apply_import`; or what a manager of the site `more` does."""
    clock = SystemClock()
    exchange = Exchange(database_at(mongo_url), clock, seals(), PlainPrinter())
    if step in PEOPLES:
        PEOPLES[step](exchange, import_id, *more)
    else:
        getattr(exchange, step)(import_id, Context(derived(import_id, step), SYSTEM, clock.now()))


def started(exchange: Exchange, import_id: str, site: str, file: str) -> None:
    """A file with agreements is brought; the import's id is made of the command's."""
    content = base64.b64encode(Path(file).read_bytes()).decode()
    command = parsed(commands.StartImport, {"file": "agreements.csv", "sheet": "Agreements", "content": content})
    context = Context(import_id.removeprefix("imp_"), _manager(site), exchange.clock.now())
    exchange.start_import(command, context)


def confirmed(exchange: Exchange, import_id: str, site: str, version: str) -> None:
    """What was seen in this version is wanted."""
    command = parsed(commands.ConfirmImport, {"import_id": import_id, "expected_version": int(version)})
    context = Context(derived(import_id, "confirm"), _manager(site), exchange.clock.now(), int(version))
    exchange.confirm_import(command, context)


def _manager(site: str) -> Actor:
    return Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({site}))


PEOPLES = {"start": started, "confirm": confirmed}


if __name__ == "__main__":
    main(*sys.argv[1:])
