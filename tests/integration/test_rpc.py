"""RPC on the real broker: a clear answer within the deadline, and nothing done that nobody asked for any more."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pika
import pytest

from chassis.kernel.actor import Actor
from chassis.rpc.call import HEADER, Call
from chassis.rpc.client import CallTimedOut, Refused, RpcClient, ServiceFailed, ServiceUnavailable
from tests.integration.small import ACTOR, Small, client, small, without
from tests.probes import always, equal, eventually

__all__ = ["client", "small"]


def test_a_call_carries_its_fields_and_who_asks(small: Small, client: RpcClient) -> None:
    small.start("serve")
    command_id = uuid.uuid4().hex
    answer = client.call("notify", "echo", {"text": "سلام"}, actor=ACTOR, command_id=command_id)
    assert answer == {"text": "سلام", "person": "per_1", "command_id": command_id}


def test_a_refusal_comes_with_its_name_and_facts(small: Small, client: RpcClient) -> None:
    small.start("serve")
    with pytest.raises(Refused) as refused:
        client.call("notify", "refuse", {}, actor=ACTOR)
    assert (refused.value.name, refused.value.facts) == ("Disliked", {"person": "per_0"})


def test_an_error_that_nobody_foresaw_tells_an_incident_and_nothing_else(small: Small, client: RpcClient) -> None:
    serving = small.start("serve")
    with pytest.raises(ServiceFailed) as failed:
        client.call("notify", "fail", {}, actor=ACTOR)
    log = serving.log.read_text()
    assert failed.value.incident in log
    assert "MEHRBAN" not in log


@pytest.mark.parametrize(
    ("method", "fields", "name"),
    [("echo", {"unknown": 1}, "InvalidCommand"), ("dawdle", {}, "InvalidCommand"), ("nope", {}, "MethodNotFound")],
)
def test_what_no_method_takes_is_refused(
    small: Small, client: RpcClient, method: str, fields: dict[str, Any], name: str
) -> None:
    small.start("serve")
    with pytest.raises(Refused) as refused:
        client.call("notify", method, fields, actor=ACTOR)
    assert refused.value.name == name


ODD_HEADERS = [None, "", "{", "7", '{"command_id": 1}', b"\xff", Call("0" * 32, Actor(None), 0.0).header()[:-9], 12]


@without("rpc: a message without an address is let go")
def test_a_message_that_is_no_call_harms_nobody(small: Small, client: RpcClient, mutant: str) -> None:
    serving = small.start("serve", mutant=mutant)
    with small.broker() as channel:
        for properties in (
            pika.BasicProperties(),
            pika.BasicProperties(content_type="application/x-python-serialize", content_encoding="binary"),
            pika.BasicProperties(reply_to="nobody", content_type="application/json", headers={"compression": "zip"}),
            pika.BasicProperties(reply_to="nobody"),
            *[pika.BasicProperties(reply_to=str(uuid.uuid4()), headers={HEADER: header}) for header in ODD_HEADERS],
        ):
            for body in (b"", b"\xff\xfe", b"[]", b'{"args": [1], "kwargs": {}}', b'{"args": [], "kwargs": {}}'):
                channel.basic_publish("nameko-rpc", "notify.do", body, properties)
    assert client.call("notify", "echo", {}, actor=ACTOR, timeout=3)
    small.eventually(lambda: equal(small.left("rpc-notify"), 0))
    assert serving.is_running()
    assert small.effects == []


def test_a_service_that_nobody_has_heard_of_is_told_at_once(small: Small, client: RpcClient) -> None:
    with small.broker() as channel:
        channel.queue_delete("rpc-notify")
    began = time.monotonic()
    with pytest.raises(ServiceUnavailable, match="notify"):
        client.call("notify", "echo", {}, actor=ACTOR)
    assert time.monotonic() - began < 2


@without("rpc: a late call is not carried out")
def test_a_call_to_a_service_that_is_down_ends_in_time_and_is_not_carried_out_later(
    small: Small, client: RpcClient, mutant: str
) -> None:
    if mutant:
        _without_expiration(client)
    began = time.monotonic()
    command_id = uuid.uuid4().hex
    with pytest.raises(CallTimedOut) as timed_out:
        client.call("notify", "do", {}, actor=ACTOR, timeout=1, command_id=command_id)
    assert time.monotonic() - began < 2
    assert timed_out.value.command_id == command_id
    small.start("serve", mutant=mutant)
    client.call("notify", "echo", {}, actor=ACTOR)
    always(lambda: equal(small.effects, []), seconds=0.5)
    assert client.call("notify", "do", {}, actor=ACTOR, command_id=command_id) == command_id
    assert len(small.effects) == 1


def test_a_call_past_its_deadline_is_not_carried_out_even_where_it_does_not_expire(small: Small) -> None:
    late = Call("0" * 32, ACTOR, time.time() - 1)
    properties = pika.BasicProperties(reply_to=uuid.uuid4().hex, headers={HEADER: late.header()})
    with small.broker() as channel:
        channel.basic_publish("nameko-rpc", "notify.do", orjson.dumps({"args": [], "kwargs": {}}), properties)
    small.start("serve")
    small.eventually(lambda: equal(small.left("rpc-notify"), 0))
    always(lambda: equal(small.effects, []), seconds=0.5)


def test_a_call_that_took_too_long_is_found_done_when_asked_again(small: Small, client: RpcClient) -> None:
    small.start("serve")
    command_id = uuid.uuid4().hex
    with pytest.raises(CallTimedOut):
        client.call("notify", "dawdle", {"seconds": 1.0}, actor=ACTOR, timeout=0.5, command_id=command_id)
    assert client.call("notify", "dawdle", {"seconds": 0.0}, actor=ACTOR, command_id=command_id) == command_id
    always(lambda: equal(len(small.effects), 1), seconds=1)


def test_a_call_whose_service_died_before_the_reply_is_found_done_when_asked_again(
    small: Small, client: RpcClient
) -> None:
    small.start_crashing("serve", "rpc.before-reply")
    command_id = uuid.uuid4().hex
    with pytest.raises(CallTimedOut):
        client.call("notify", "do", {}, actor=ACTOR, timeout=10, command_id=command_id)
    assert small.crashed("rpc.before-reply")
    small.until(lambda: equal(small.started[0].is_ready(), wanted=True))
    assert client.call("notify", "do", {}, actor=ACTOR, command_id=command_id) == command_id
    assert len(small.effects) == 1


@without("rpc: acknowledged when taken up")
def test_a_call_that_kills_its_service_kills_it_once(small: Small, client: RpcClient, mutant: str) -> None:
    serving = small.start("serve", mutant=mutant)
    calling = threading.Thread(target=lambda: _until_nobody_knows(client, "die"))
    calling.start()
    small.until(lambda: equal((serving.restarts > 0, serving.is_ready()), (True, True)))
    always(lambda: equal(serving.is_ready(), wanted=True), seconds=2)
    calling.join()
    assert serving.restarts == 1


def test_more_calls_than_workers_are_answered_in_turn(small: Small, client: RpcClient) -> None:
    small.start("serve")
    answers: list[Any] = []

    def ask() -> None:
        answers.append(client.call("notify", "dawdle", {"seconds": 0.2}, actor=ACTOR))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 50


def test_many_threads_share_one_client(small: Small, client: RpcClient) -> None:
    small.start("serve")
    wrong: list[str] = []

    def ask(text: str) -> None:
        for number in range(50):
            sent = f"{text}-{number}"
            if client.call("notify", "echo", {"text": sent}, actor=ACTOR)["text"] != sent:
                wrong.append(sent)

    threads = [threading.Thread(target=ask, args=(str(each),)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_calls_are_taken_for_as_long_as_they_come(small: Small, client: RpcClient) -> None:
    """A call that comes just while the service asks the broker something must not stop it."""
    small.start("serve")
    until = time.monotonic() + 5

    def ask(_: int) -> int:
        answered = 0
        while time.monotonic() < until:
            client.call("notify", "echo", {}, actor=ACTOR)
            answered += 1
        return answered

    with ThreadPoolExecutor(16) as pool:
        assert min(pool.map(ask, range(16))) > 0


def test_calls_that_run_when_the_service_is_asked_to_stop_are_answered(small: Small, client: RpcClient) -> None:
    serving = small.start("serve")
    answers: list[Any] = []
    asking = threading.Thread(
        target=lambda: answers.append(client.call("notify", "dawdle", {"seconds": 1.0}, actor=ACTOR))
    )
    asking.start()
    small.eventually(lambda: equal((small.directory / "dawdling").exists(), wanted=True))
    serving.ask_to_stop()
    asking.join()
    assert len(answers) == 1
    eventually(lambda: equal(serving.is_running(), wanted=False), timeout=4)


def test_a_forbidden_call_ends_in_an_error_and_the_next_one_works(small: Small, client: RpcClient) -> None:
    small.start("serve")
    with pytest.raises((CallTimedOut, ServiceUnavailable)):
        client.call("research", "outcome", {}, actor=ACTOR, timeout=2)
    assert client.call("notify", "echo", {}, actor=ACTOR)


def _until_nobody_knows(client: RpcClient, method: str) -> None:
    with pytest.raises(CallTimedOut):
        client.call("notify", method, {}, actor=ACTOR, timeout=15)


def _without_expiration(client: RpcClient) -> None:
    line = client._opened()
    send = line._send
    line._send = lambda question, left_ms: send(question, left_ms + 60_000)  # type: ignore[method-assign]
