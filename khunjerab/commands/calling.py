"""How the commands call a service: what goes wrong is one line that says what to do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from chassis.kernel.errors import WriteConflict
from chassis.rpc.client import CallTimedOut, Refused, RpcClient, ServiceFailed, ServiceUnavailable
from khunjerab.commands.speaking import give_up, plain_errors
from khunjerab.reach import reach


@contextmanager
def operator_calls(service: str) -> Iterator[RpcClient]:
    """The operator's own client, for calls to one service."""
    with plain_errors():
        client = RpcClient(reach().amqp_url, caller="operator")
        try:
            yield client
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


def _unknown(late: CallTimedOut, service: str) -> str:
    what = f"the {late.away} of {service} does not answer" if late.away else "no answer in time"
    return f"{what}; whether it was done is unknown: ask again with --command-id {late.command_id}"


def _nothing_done(away: ServiceUnavailable) -> str:
    if away.because == WriteConflict.__name__:
        return "something else was written there at the same moment; nothing was done: ask again"
    return f"{away.because} does not answer; nothing was done"
