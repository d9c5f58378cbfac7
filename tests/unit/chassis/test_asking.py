"""From a call to the application, and from an event to what it causes."""

from typing import Any

import pytest

from chassis.causes import caused_by
from chassis.commands import Change, Command, Line
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand
from chassis.kernel.ids import derived
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitFulfilled
from tests.alliance import StandingClock
from tests.event_factory import make_event

TRACE = "00-a025a1052c4c57caaae9cc1fddb35888-8a5e30771aff5e34-01"
CALL = Call("c" * 32, Actor("per_1"), deadline=1.5, traceparent=TRACE)


class Rename(Change):
    name: Line


class Make(Command):
    name: Line


class Service(Asking):
    """`application` is only a clock here."""

    class application:  # noqa: N801 (what nameko calls it)
        clock = StandingClock()


def noted(seen: list[Context]) -> Any:
    def take(command: Any, context: Context) -> Receipt:
        seen.append(context)
        return Receipt(command.name, 1, "made")

    return take


def test_a_command_gets_the_circumstances_of_its_call_and_the_time_of_the_clock() -> None:
    seen: list[Context] = []
    receipt = Service().give(Rename, noted(seen), CALL, {"name": "a", "expected_version": 3})
    assert receipt == Receipt("a", 1, "made")
    assert seen == [Context("c" * 32, Actor("per_1"), StandingClock().now(), 3, 1.5, traceparent=TRACE)]


def test_a_command_that_makes_something_saw_no_version() -> None:
    seen: list[Context] = []
    Service().give(Make, noted(seen), CALL, {"name": "a"})
    assert seen[0].expected_version is None


def test_a_question_is_asked_by_the_one_who_calls() -> None:
    assert Service().ask(Make, lambda asked, actor: (asked.name, actor), CALL, {"name": "a"}) == ("a", Actor("per_1"))


@pytest.mark.parametrize("fields", [{}, {"name": ""}, {"name": "a", "more": 1}, {"name": {"$ne": "a"}}])
def test_fields_that_spell_nothing_reach_nobody(fields: dict[str, Any]) -> None:
    seen: list[Context] = []
    with pytest.raises(InvalidCommand):
        Service().give(Make, noted(seen), CALL, fields)
    with pytest.raises(InvalidCommand):
        Service().ask(Make, lambda *_: seen.append(None), CALL, fields)  # type: ignore[arg-type]
    assert seen == []


def test_what_an_event_causes_is_one_command_for_each_purpose_and_goes_on_with_the_chain() -> None:
    envelope = {"correlationid": "chain", "traceparent": TRACE}
    event = CloudEvent.model_validate(make_event(VisitFulfilled.type, envelope=envelope))
    now = StandingClock().now()
    caused = caused_by(event, "expect_outcome", now)
    assert caused == Context(
        derived(event.id, "expect_outcome"),
        SYSTEM,
        now,
        correlation_id="chain",
        causation_id=event.id,
        traceparent=TRACE,
    )
    assert caused_by(event, "another", now).command_id != caused.command_id
