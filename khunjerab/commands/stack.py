"""`khunjerab stack up|run|down|status`."""

from typing import Annotated, Any

import typer
from rich.table import Table

from khunjerab.commands.speaking import give_up, notes, plain_errors, results
from khunjerab.stack.background import start_in_background, stop_in_background
from khunjerab.stack.readiness import answers
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.state import NoStack, read_state
from khunjerab.stack.supervisor import supervise

DOWN_TIMEOUT = 40.0
app = typer.Typer(help="The embedded stack: broker, database and every process, under .run/.", no_args_is_help=True)


@app.command()
def run() -> None:
    """Run the stack here, until Ctrl-C."""
    with plain_errors():
        supervise(RunDirectory.default(), notes.print)


@app.command()
def up(timeout: Annotated[float, typer.Option(help="Seconds until it has to answer.")] = 120.0) -> None:
    """Start the stack in the background and wait until it answers."""
    directory = RunDirectory.default()
    with plain_errors(), notes.status("starting the stack"):
        state = start_in_background(directory, timeout)
    results.print(f"the stack runs: {state['web_url']}  (logs: {directory.root / 'logs'})", soft_wrap=True)


@app.command()
def down() -> None:
    """Stop the stack that runs here."""
    directory = RunDirectory.default()
    with plain_errors(), notes.status("stopping the stack"):
        if not stop_in_background(directory, DOWN_TIMEOUT):
            raise give_up(f"the supervisor still runs after {DOWN_TIMEOUT:.0f} s; see {directory.log('supervisor')}")
    results.print("the stack is down")


@app.command()
def status() -> None:
    """Show what runs; ends with status 1 when something does not."""
    with plain_errors():
        try:
            state = read_state(RunDirectory.default())
        except NoStack as none:
            raise give_up(str(none)) from none
    working = {name: answers(program["ready"]) for name, program in state.get("programs", {}).items()}
    results.print(_table(state, working))
    results.print(f"{state.get('phase', 'starting')}  {state.get('web_url', '')}")
    if state.get("phase") != "ready" or not all(working.values()):
        raise typer.Exit(1)


def _table(state: dict[str, Any], working: dict[str, bool]) -> Table:
    table = Table("program", "process", "restarts", "answers")
    for name, program in state.get("programs", {}).items():
        answer = "[green]yes[/]" if working[name] else f"[red]no[/] (log: {program['log']})"
        table.add_row(name, str(program["pid"]), str(program["restarts"]), answer)
    return table
