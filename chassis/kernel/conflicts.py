"""Deciding again when another decision came in between."""

from collections.abc import Callable
from typing import TypeVar

from chassis.kernel.errors import WriteConflict

Result = TypeVar("Result")

ATTEMPTS = 8


def decided_again_on_conflict(decide: Callable[[], Result]) -> Result:
    """Runs load, decide, save; when the save finds another decision made meanwhile, all three again.

    Raises the last `WriteConflict` after `ATTEMPTS` tries.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return decide()
        except WriteConflict:
            continue
    return decide()
