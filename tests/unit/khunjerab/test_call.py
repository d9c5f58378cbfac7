"""What `khunjerab call` says where it has no answer to print."""

from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from khunjerab.cli import app
from khunjerab.commands import calling


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refused("HostFull", {"seats": 3}), 'refused: HostFull {"seats": 3}'),
        (CallTimedOut("7"), "no answer in time; whether it was done is unknown: ask again with --command-id 7"),
        (
            CallTimedOut("7", away="database"),
            "the database of exchange does not answer; whether it was done is unknown: ask again with --command-id 7",
        ),
        (ServiceUnavailable("broker"), "broker does not answer; nothing was done"),
        (ServiceUnavailable("exchange"), "exchange does not answer; nothing was done"),
        (
            ServiceUnavailable("WriteConflict"),
            "something else was written there at the same moment; nothing was done: ask again",
        ),
        (ServiceFailed("a1"), "exchange failed; its log tells more about incident a1"),
    ],
)
def test_each_end_of_a_call_is_told_in_one_true_sentence(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []

    class Client:
        def __init__(self, *_: Any, **__: Any) -> None: ...

        def call(self, *_: Any, **__: Any) -> Any:
            raise error

        def close(self) -> None:
            closed.append(self)

    monkeypatch.setattr(calling, "reach", lambda: SimpleNamespace(amqp_url="amqp://nowhere"))
    monkeypatch.setattr(calling, "RpcClient", Client)
    ended = CliRunner().invoke(app, ["call", "exchange.visits"])
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", f"khunjerab: {sentence}\n")
    assert len(closed) == 1
