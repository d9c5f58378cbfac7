"""`khunjerab call SERVICE.METHOD JSON`."""

import json
from typing import Annotated, Any

import typer

from chassis.kernel.actor import ROLES
from chassis.rpc.call import COMMAND_ID
from khunjerab.commands.acting import PERSON, SYSTEM, actor
from khunjerab.commands.calling import operator_calls
from khunjerab.commands.carrying import carried, saved
from khunjerab.commands.speaking import results
from khunjerab.installation import SERVICES


def run(
    what: Annotated[str, typer.Argument(metavar="SERVICE.METHOD", help="such as exchange.visits")],
    fields: Annotated[str, typer.Argument(metavar="JSON", help="the method's fields as an object")] = "{}",
    person: Annotated[
        str | None, typer.Option("--as", help="person id, per_…; the system itself when left out")
    ] = None,
    role: Annotated[list[str] | None, typer.Option(help=f"may be repeated: {', '.join(sorted(ROLES))}")] = None,
    site: Annotated[list[str] | None, typer.Option(help="site id; may be repeated")] = None,
    file: Annotated[list[str] | None, typer.Option(metavar="FIELD=PATH", help="a file, as one more field")] = None,
    save: Annotated[list[str] | None, typer.Option(metavar="FIELD=PATH", help="a file from the answer")] = None,
    command_id: Annotated[str | None, typer.Option(help="of a call whose outcome is unknown, to ask again")] = None,
    timeout: Annotated[float, typer.Option(help="seconds to wait for the answer")] = 5.0,
) -> None:
    """Call any method of a service, as a given actor, and print what it answers."""
    service, _, method = what.partition(".")
    if service not in SERVICES or not method:
        raise typer.BadParameter(
            f"service.method, the service one of {', '.join(SERVICES)}", param_hint="SERVICE.METHOD"
        )
    if command_id is not None and not COMMAND_ID.fullmatch(command_id):
        raise typer.BadParameter(
            "the 32 characters that the call was told to be asked again with", param_hint="--command-id"
        )
    asks = actor(person, role, site, option="--as", kinds=(PERSON, SYSTEM))
    given = carried(_object(fields), file or [])
    with operator_calls(service) as rpc:
        answer = rpc.call(service, method, given, actor=asks, command_id=command_id, timeout=timeout)
    results.print_json(json.dumps(saved(answer, save or [])), ensure_ascii=False)


def _object(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"not JSON: {error}", param_hint="JSON") from error
    if not isinstance(fields, dict):
        raise typer.BadParameter("an object is wanted", param_hint="JSON")
    return fields
