"""`khunjerab clock advance|show`: a demo's clock, which all its processes read."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from chassis.clock import DemoClock
from khunjerab.commands.speaking import give_up, results
from khunjerab.stack.run_directory import RunDirectory

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
app = typer.Typer(help="The clock of a demo.", no_args_is_help=True)


@app.command()
def advance(by: Annotated[str, typer.Argument(help="such as 30d, 12h, 45m, 2w")]) -> None:
    """Move the clock of every process of a demo forward."""
    results.print(f"it is now {_clock().advance(duration(by)):%Y-%m-%d %H:%M:%S}Z")


@app.command()
def show() -> None:
    """Show what time it is in the demo."""
    results.print(f"{_clock().now():%Y-%m-%d %H:%M:%S}Z")


def duration(text: str) -> timedelta:
    """`30d` as a time span. Raises `typer.BadParameter`."""
    match = re.fullmatch(r"(\d{1,6})([smhdw])", text.strip())
    if not match:
        raise typer.BadParameter("a number and one of s, m, h, d, w", param_hint="BY")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def _clock() -> DemoClock:
    if os.environ.get("KHUNJERAB_DEMO") != "1":
        raise give_up("the clock moves in a demo only: set KHUNJERAB_DEMO=1, for the stack and for this command")
    return DemoClock(Path(os.environ.get("KHUNJERAB_CLOCK_FILE") or RunDirectory.default().clock))
