"""`khunjerab events tail`."""

from typing import Annotated

import pika
import typer

from contracts.catalogue import NotAnEvent, parse
from khunjerab.commands.speaking import notes, plain_errors, results
from khunjerab.installation import SERVICES
from khunjerab.reach import reach
from khunjerab.tail import tail

app = typer.Typer(help="The events that services publish.", no_args_is_help=True)


@app.callback()
def events() -> None:
    """A group, though it has one command yet."""


@app.command("tail")
def tail_events(
    body: Annotated[bool, typer.Option("--body", help="print the whole event; it may hold personal data")] = False,
    count: Annotated[int, typer.Option(help="end after so many; 0: never")] = 0,
    service: Annotated[list[str] | None, typer.Option(help="only these services'; may be repeated")] = None,
) -> None:
    """Show every event as it is published, until Ctrl-C."""
    with plain_errors():
        parameters = pika.URLParameters(reach().amqp_url)
        for number, message in enumerate(tail(parameters, service or list(SERVICES), _listening), start=1):
            results.print(message.decode(errors="replace") if body else _line(message), markup=False, soft_wrap=True)
            if number == count:
                return


def _listening() -> None:
    notes.print("listening")


def _line(message: bytes) -> str:
    try:
        event = parse(message)
    except NotAnEvent as error:
        return f"(no event: {error})"
    return f"{event.time:%H:%M:%S}  {event.type}  {event.subject}  {event.id}"
