"""Deciding on what there is one of, for each person or channel, whether anything was ever decided on it or not."""

from collections.abc import Callable
from typing import TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Documents
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
    try:
        found = shelf.load(identity)
    except Unknown:
        return shelf.add(identity, decide(untouched), context)
    return found.answered(context) or shelf.save(found, decide(found.state), context)
