"""Deciding again when another decision came in between."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from chassis.kernel.errors import WriteConflict

Given = ParamSpec("Given")
Result = TypeVar("Result")

ATTEMPTS = 8


def decided_again_on_conflict(decide: Callable[Given, Result]) -> Callable[Given, Result]:
    """Runs load, decide, save; when the save finds that another decision was made meanwhile, all three again.

    Raises the last `WriteConflict` after `ATTEMPTS` tries.
    """

    @wraps(decide)
    def deciding(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for _ in range(ATTEMPTS - 1):
            try:
                return decide(*args, **kwargs)
            except WriteConflict:
                continue
        return decide(*args, **kwargs)

    return deciding
