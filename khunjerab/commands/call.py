"""`khunjerab call SERVICE.METHOD JSON`."""

import json
from typing import Annotated, Any

import typer

from chassis.kernel.actor import ROLES, Actor
from chassis.kernel.errors import WriteConflict
from chassis.rpc.client import CallTimedOut, Refused, RpcClient, ServiceFailed, ServiceUnavailable
from khunjerab.commands.carrying import carried, saved
from khunjerab.commands.speaking import give_up, plain_errors, results
from khunjerab.installation import SERVICES
from khunjerab.reach import reach


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
    actor = Actor(person, frozenset(role or ()), frozenset(site or ()))
    given = carried(_object(fields), file or [])
    with plain_errors():
        client = RpcClient(reach().amqp_url, caller="operator")
        try:
            answer = client.call(service, method, given, actor=actor, command_id=command_id, timeout=timeout)
        except Refused as no:
            raise give_up(f"refused: {no.name} {json.dumps(no.facts, ensure_ascii=False)}") from no
        except CallTimedOut as late:
            raise give_up(_unknown(late, service)) from late
        except ServiceUnavailable as away:
            raise give_up(_nothing_done(away)) from away
        except ServiceFailed as failed:
            raise give_up(f"{service} failed; its log tells more about incident {failed.incident}") from failed
        finally:
            client.close()
    results.print_json(json.dumps(saved(answer, save or [])), ensure_ascii=False)


def _unknown(late: CallTimedOut, service: str) -> str:
    what = f"the {late.away} of {service} does not answer" if late.away else "no answer in time"
    return f"{what}; whether it was done is unknown: ask again with --command-id {late.command_id}"


def _nothing_done(away: ServiceUnavailable) -> str:
    if away.because == WriteConflict.__name__:
        return "something else was written there at the same moment; nothing was done: ask again"
    return f"{away.because} does not answer; nothing was done"


def _object(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"not JSON: {error}", param_hint="JSON") from error
    if not isinstance(fields, dict):
        raise typer.BadParameter("an object is wanted", param_hint="JSON")
    return fields
