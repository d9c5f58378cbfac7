"""Deciding on what there is one of, for each person or channel, whether anything was ever decided on it or not."""

from collections.abc import Callable
from typing import TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.errors import Unknown

State = TypeVar("State")


def decided_on(
    shelf: Documents[State],
    identity: str,
    untouched: State,
    decide: Callable[[State], Decision[State]],
    context: Context,
) -> Receipt:
    """Loads, decides, saves; a repeat answers as the first did. `untouched`: how it stands where nothing is kept yet.

    Raises what `decide` raises.
    """
    found = standing(shelf, identity, untouched)
    return found.answered(context) or keep(shelf, found, decide(found.state), context)


def standing(shelf: Documents[State], identity: str, untouched: State) -> Loaded[State]:
    """How it stands: in version 0, `untouched`, where nothing is kept yet."""
    try:
        return shelf.load(identity)
    except Unknown:
        return Loaded(identity, 0, untouched)


def keep(shelf: Documents[State], found: Loaded[State], decision: Decision[State], context: Context) -> Receipt:
    """Saves what was decided on it as it stood. Raises `WriteConflict` where something else was decided meanwhile."""
    if found.version == 0:
        return shelf.add(found.id, decision, context)
    return shelf.save(found, decision, context)
