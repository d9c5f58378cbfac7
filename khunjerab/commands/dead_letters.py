"""`khunjerab dead-letters list|show|replay|discard`: reads and changes what is stored, consumes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from bson import json_util
from pymongo import MongoClient
from rich.table import Table

from chassis.clock import SystemClock
from chassis.failed_events import COLLECTION, DeadLetters
from khunjerab.commands.speaking import give_up, plain_errors, results
from khunjerab.installation import SERVICES
from khunjerab.reach import reach

app = typer.Typer(help="Events that a service could not handle and will not try again.", no_args_is_help=True)
Service = Annotated[str, typer.Argument(help=f"whose: {', '.join(SERVICES)}")]
Letter = Annotated[str, typer.Argument(help="the dead letter's id")]


@app.command("list")
def list_all(
    service: Annotated[str | None, typer.Argument(help="one service; all when left out")] = None, limit: int = 100
) -> None:
    """List dead letters, the latest first."""
    table = Table("service", "id", "since", "type", "subject", "reason", "attempts", "error")
    for name in (service,) if service else SERVICES:
        with _letters(name) as letters:
            for letter in letters.list(limit):
                table.add_row(name, *_row(letter))
    results.print(table if table.row_count else "no dead letters")


@app.command()
def show(service: Service, letter: Letter) -> None:
    """Show one with everything known about it, as JSON."""
    with _letters(service) as letters:
        found = letters.show(letter)
    if found is None:
        raise give_up(f"{service} has no failed event {letter}")
    results.print_json(json_util.dumps(found, json_options=json_util.RELAXED_JSON_OPTIONS, ensure_ascii=False))


@app.command()
def replay(service: Service, letter: Letter) -> None:
    """Let the service's worker try it afresh; its effect comes once, however often it is replayed."""
    with _letters(service) as letters:
        if not letters.replay(letter):
            raise give_up(f"{service} has no dead letter {letter}")
    results.print(f"{service}'s worker will try it now")


@app.command()
def discard(service: Service, letter: Letter) -> None:
    """Remove it for good."""
    with _letters(service) as letters:
        if not letters.discard(letter):
            raise give_up(f"{service} has no dead letter {letter}")
    results.print("removed")


@contextmanager
def _letters(service: str) -> Iterator[DeadLetters]:
    if service not in SERVICES:
        raise typer.BadParameter(f"one of {', '.join(SERVICES)}", param_hint="SERVICE")
    with plain_errors():
        there = reach()
        with MongoClient[dict[str, Any]](there.mongo_url, tz_aware=True) as client:
            # A real moment, though a demo's clock may run ahead: due at once is then due all the more.
            yield DeadLetters(client[there.database(service)][COLLECTION], SystemClock())


def _row(letter: dict[str, Any]) -> tuple[str, ...]:
    since = f"{letter['first_failed_at']:%Y-%m-%d %H:%M}Z"
    named = (letter["_id"], since, letter["type"] or "?", letter["subject"] or "", letter["reason"])
    return (*named, str(letter["attempt"]), letter["error"]["type"])
