"""The subscriber: takes from the queue, has the effect or stores the failure, acknowledges."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard

GOOD, RAISING, GARBLED = "good", "raising", "garbled"
"""An event that is handled, one whose handler raises until the fix is deployed, one that cannot be parsed."""


class Held(NamedTuple):
    """A delivery in the hands of the subscriber: taken, to-store or done."""

    event: str
    stage: str = "taken"
    acknowledged: bool = False


class Failed(NamedTuple):
    """A failed event in the subscriber's own database."""

    id: str
    event: str
    event_id: str
    attempts: int = 0
    dead: bool = False


class Trial(NamedTuple):
    """What the retry worker is doing with a failed event."""

    failed: Failed
    had_effect: bool = False


class Handling(NamedTuple):
    queue: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    applied: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    trial: Trial | None = None
    fixed: bool = False
    duplicates_left: int = 1


def with_one(items: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """The bag with one more; kept sorted, for its order means nothing."""
    return tuple(sorted((*items, item)))


def without_one(items: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """The bag with one less."""
    place = items.index(item)
    return items[:place] + items[place + 1 :]


def succeeds(state: Handling, event: str) -> bool:
    return event == GOOD or (event == RAISING and state.fixed)


def with_effect(model: Model[Any], state: Handling, event: str, event_id: str) -> Handling:
    """The handler's one write: nothing, where an effect of that id is there already."""
    if model.has(Guard.EFFECT_ID_FROM_EVENT) and event_id in state.applied:
        return state
    applied = with_one(state.applied, event_id) if event_id not in state.applied else state.applied
    if not model.has(Guard.EVENT_IDS_KEPT):
        applied = (event_id,)  # a window as long as one
    return state._replace(applied=applied, effects=with_one(state.effects, event))


def subscriber_steps(model: Model[Any], state: Handling) -> Iterator[Step[Handling]]:
    for event in sorted(set(state.queue)):
        taken = state._replace(queue=without_one(state.queue, event), held=with_one(state.held, Held(event)))
        yield Step(f"subscriber: takes {event}", taken)
    for held in sorted(set(state.held)):
        yield from _handle(model, state, held)
    if state.held:
        back = tuple(held.event for held in state.held if not held.acknowledged)
        crashed = state._replace(held=(), queue=tuple(sorted((*state.queue, *back))))
        yield Step("crash of the subscriber", crashed, fault=True)


def _moved(state: Handling, held: Held, after: Held) -> Handling:
    return state._replace(held=with_one(without_one(state.held, held), after))


def _handle(model: Model[Any], state: Handling, held: Held) -> Iterator[Step[Handling]]:
    event, ack_late = held.event, model.has(Guard.ACKNOWLEDGE_AFTER_EFFECT)
    if held.stage == "done":
        yield Step(f"subscriber: acknowledges {event}", state._replace(held=without_one(state.held, held)))
    elif held.stage == "to-store":
        yield from _store(model, state, held)
    elif not ack_late and not held.acknowledged and succeeds(state, event):
        yield Step(f"subscriber: acknowledges {event}", _moved(state, held, held._replace(acknowledged=True)))
    elif succeeds(state, event):
        done = _moved(state, held, held._replace(stage="done"))
        yield Step(f"subscriber: has the effect of {event}", with_effect(model, done, event, event))
    else:
        yield Step(f"subscriber: fails at {event}", _moved(state, held, held._replace(stage="to-store")))


def _store(model: Model[Any], state: Handling, held: Held) -> Iterator[Step[Handling]]:
    event = held.event
    if not model.has(Guard.STORE_FAILED_BEFORE_ACK) and not held.acknowledged:
        yield Step(f"subscriber: acknowledges {event}", _moved(state, held, held._replace(acknowledged=True)))
        return
    if event == GARBLED and not model.has(Guard.KEPT_AS_BYTES):
        return  # what is no document cannot be stored as one: this raises, now and ever after
    stored = _moved(state, held, held._replace(stage="done"))
    identity = event if model.has(Guard.FAILED_ID_FROM_EVENT) else f"{event}, random id {len(state.failed)}"
    if identity not in [failed.id for failed in state.failed]:
        stored = stored._replace(failed=with_one(state.failed, Failed(identity, event, event, dead=event == GARBLED)))
    yield Step(f"subscriber: stores {event} as failed", stored)
