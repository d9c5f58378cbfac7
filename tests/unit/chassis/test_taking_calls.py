"""Taking a call up: acknowledged first, and left alone where it will come again."""

from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from chassis.consuming import Consumer, Delivery, _Opened
from chassis.kernel.actor import Actor
from chassis.rpc.call import HEADER, Call
from chassis.rpc.server import RpcQueue


class Method:
    """A method of the service that notes that it was run."""

    method_name = "do"

    def __init__(self) -> None:
        self.ran = 0

    def run(self, *_: Any) -> None:
        self.ran += 1


def queue(method: Method) -> Any:
    queue: Any = RpcQueue()
    queue.container = SimpleNamespace(config={"AMQP_URI": "amqp://nowhere/"}, max_workers=2, service_name="notify")
    queue.setup()
    queue._providers = {method}
    return queue


def call(said: list[str], acknowledged: bool = True) -> Delivery:
    header = Call("0" * 32, Actor(None), 9e9).header()
    body, properties = orjson.dumps({"args": [], "kwargs": {}}), {"reply_to": "0" * 32}

    def answer(verb: str) -> bool:
        said.append(verb)
        return acknowledged

    return Delivery("rpc-notify", body, {HEADER: header}, properties, "notify.do", answer, done=lambda: None)


@pytest.mark.parametrize(("acknowledged", "times"), [(True, 1), (False, 0)])
def test_a_call_that_will_come_again_is_not_run_now(acknowledged: bool, times: int) -> None:
    method, said = Method(), list[str]()
    queue(method)._arrived(call(said, acknowledged))
    assert (method.ran, said) == (times, ["ack"])


def test_no_more_calls_are_taken_up_than_there_are_workers() -> None:
    method, said = Method(), list[str]()
    taking = queue(method)
    for _ in range(5):
        taking._arrived(call(said))
    assert (method.ran, said) == (2, ["ack"] * 2)


def test_a_call_that_comes_while_the_service_stops_is_left_to_another() -> None:
    method, said = Method(), list[str]()
    taking = queue(method)
    taking.unregister_provider(method)
    taking._arrived(call(said))
    assert (method.ran, said) == (0, [])


def test_what_cannot_be_answered_any_more_says_so() -> None:
    consumer = Consumer("amqp://nowhere/", [], frozenset)
    closed = SimpleNamespace(channel=SimpleNamespace(connection=None), acknowledging=SimpleNamespace(answered=id))
    assert consumer._answer(cast("_Opened", closed), 1, "ack") is False
