"""The relay: sweeps, publishes, waits for the broker's word, pulls. And the exchange that gives the word."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.model.document import BOOKED, CANCELLED, HUGE, NONE, Document, Names
from tests.model.explorer import Model, Step
from tests.model.guards import Guard

WANTED = frozenset({BOOKED, CANCELLED})


class Exchange(NamedTuple):
    topology: bool = False
    queue: Names = NONE
    returned: Names = NONE  # counted as wanted by nobody


class Answer(NamedTuple):
    event: str
    word: str  # ack, nack or return


class Relay(NamedTuple):
    swept: Names = NONE
    waiting: Names = NONE  # what it believes to be on its way
    channel: Names = NONE  # published, not yet seen by the broker
    answers: frozenset[Answer] = frozenset()


class Publishing(NamedTuple):
    document: Document = Document()
    exchange: Exchange = Exchange()
    relays: tuple[Relay, ...] = (Relay(),)


def relay_steps(model: Model[Any], state: Publishing, number: int) -> Iterator[Step[Publishing]]:
    """What relay `number` and the broker's end of its connection may do next."""
    relay, name = state.relays[number], f"relay {number + 1}"
    if state.exchange.topology or not model.has(Guard.TOPOLOGY_FIRST):
        unsent = state.document.outbox - relay.waiting - relay.swept
        if unsent and not state.document.deleted:
            yield Step(f"{name}: sweeps", _with(state, number, relay._replace(swept=relay.swept | unsent)))
        for event in sorted(relay.swept):
            yield _publish(model, state, number, event)
    for event in sorted(relay.channel):
        yield from _broker(model, state, number, event)
    for answer in sorted(relay.answers):
        yield _hear(model, state, number, answer)
    if relay != Relay():
        yield Step(f"crash of {name}", _with(state, number, Relay()), fault=True)
    if relay.channel or relay.answers:
        yield Step(f"{name} loses its connection", _lose_connection(model, state, number), fault=True)


def _with(state: Publishing, number: int, relay: Relay) -> Publishing:
    relays = (*state.relays[:number], relay, *state.relays[number + 1 :])
    return state._replace(relays=relays)


def _publish(model: Model[Any], state: Publishing, number: int, event: str) -> Step[Publishing]:
    relay = state.relays[number]
    relay = relay._replace(
        swept=relay.swept - {event}, waiting=relay.waiting | {event}, channel=relay.channel | {event}
    )
    after = _with(state, number, relay)
    if not model.has(Guard.PULL_AFTER_CONFIRM):
        after = _pull(model, after, event)
    return Step(f"relay {number + 1}: publishes {event}", after)


def _broker(model: Model[Any], state: Publishing, number: int, event: str) -> Iterator[Step[Publishing]]:
    relay = state.relays[number]
    if event == HUGE:
        yield Step("broker: closes the channel, too large", _lose_connection(model, state, number))
        return
    relay = relay._replace(channel=relay.channel - {event})
    refused = _with(state, number, relay._replace(answers=relay.answers | {Answer(event, "nack")}))
    yield Step(f"broker refuses {event}", refused, fault=True)
    routed = event in WANTED and state.exchange.topology
    word = "ack" if routed or not model.has(Guard.RETURN_COUNTED) else "return"
    after = _with(state, number, relay._replace(answers=relay.answers | {Answer(event, word)}))
    if routed:
        after = after._replace(exchange=after.exchange._replace(queue=after.exchange.queue | {event}))
    yield Step(f"broker: takes {event}, says {word}", after)


def _hear(model: Model[Any], state: Publishing, number: int, answer: Answer) -> Step[Publishing]:
    relay, event = state.relays[number], answer.event
    after = _with(state, number, relay._replace(answers=relay.answers - {answer}, waiting=relay.waiting - {event}))
    label = f"relay {number + 1}: hears {answer.word} for {event}"
    if answer.word == "return":
        exchange = after.exchange._replace(returned=after.exchange.returned | {event})
        after = after._replace(exchange=exchange)
    keeps = (answer.word == "nack" and model.has(Guard.NACK_IS_NO_CONFIRM)) or (
        answer.word == "return" and not model.has(Guard.RETURN_REMOVED)
    )
    return Step(f"{label}, keeps it", after) if keeps else Step(f"{label}, pulls it", _pull(model, after, event))


def _pull(model: Model[Any], state: Publishing, event: str) -> Publishing:
    document = state.document
    gone = frozenset({event}) if model.has(Guard.PULL_BY_ID) else document.outbox
    pulled = document._replace(outbox=document.outbox - gone, pulled=document.pulled | {event})
    return state._replace(document=pulled)


def _lose_connection(model: Model[Any], state: Publishing, number: int) -> Publishing:
    relay = state.relays[number]
    waiting = NONE if model.has(Guard.RESEND_UNKNOWN) else relay.waiting
    return _with(state, number, relay._replace(channel=NONE, answers=frozenset(), waiting=waiting))
