"""`khunjerab doctor`."""

from collections.abc import Iterator
from datetime import datetime

import typer
from rich.table import Table

from chassis.clock import DemoClock
from khunjerab.bootstrap.manifests import SERVICES
from khunjerab.bootstrap.topology import topology
from khunjerab.commands.speaking import plain_errors, results
from khunjerab.doctor.broker import look_at_broker
from khunjerab.doctor.database import look_at_database
from khunjerab.doctor.finding import Finding, bad, good
from khunjerab.reach import Reach, reach
from khunjerab.stack.readiness import answers
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.state import NoStack, read_state


def run() -> None:
    """Look at every part and say what is wrong; ends with status 1 when something is."""
    with plain_errors():
        there = reach()
    findings = [
        *look_at_broker(there, topology(SERVICES)),
        *look_at_database(there, SERVICES, _now()),
        *_processes(there),
    ]
    table = Table("part", "", "seen", "what to do", box=None)
    for one in findings:
        table.add_row(one.part, "[green]ok[/]" if one.ok else "[red]wrong[/]", one.said, one.advice)
    results.print(table)
    wrong = sum(not one.ok for one in findings)
    results.print(f"{wrong} of {len(findings)} things are wrong" if wrong else "everything is well")
    if wrong:
        raise typer.Exit(1)


def _processes(there: Reach) -> Iterator[Finding]:
    """The processes of a stack that runs here; elsewhere whoever runs them asks their `/ready`."""
    try:
        state = read_state(RunDirectory.default())
    except NoStack:
        return
    if there.installation is None:
        return
    for name, program in state["programs"].items():
        if answers(program["ready"]):
            yield good(name, "answers")
        else:
            yield bad(name, "does not answer", f"its log: {program['log']}")


def _now() -> datetime:
    return DemoClock(RunDirectory.default().clock).now()
