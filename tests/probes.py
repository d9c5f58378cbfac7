"""Waiting for a condition, with a reason to show when it does not come."""

import time
from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Generic, TypeVar

PAUSE, LONGEST_PAUSE = 0.02, 0.25
"""Seconds between two questions: what takes long is asked after less often, as asking takes from who is waited for."""


Seen = TypeVar("Seen")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Finding(Generic[Value]):
    """A value, whether it is the one waited for, and how to say so."""

    value: Value
    holds: bool
    wanted: str

    def __bool__(self) -> bool:
        return self.holds

    def __str__(self) -> str:
        return f"wanted {self.wanted}, saw {self.value!r}"


def equal(value: Value, wanted: Value) -> Finding[Value]:
    """Whether a value is the wanted one."""
    return Finding(value, value == wanted, repr(wanted))


def count(items: Sized, wanted: int) -> Finding[Sized]:
    """Whether there are exactly that many."""
    return Finding(items, len(items) == wanted, f"{wanted} items, not {len(items)}")


def eventually(probe: Callable[[], Seen | None], timeout: float = 10.0) -> Seen:
    """Asks until the answer is true, and returns it. After `timeout` seconds fails with the last answer's text.

    A `Finding` explains itself; any other answer that says enough when printed will do.

    An exception of the probe is an answer, too: not yet.
    """
    deadline, pause = time.monotonic() + timeout, PAUSE
    while True:
        last: object
        try:
            last = seen = probe()
            if seen:
                return seen
        except Exception as error:  # noqa: BLE001 (whatever it is, the failure shows it)
            last = f"{type(error).__name__}: {error}"
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout} s: {last}")
        time.sleep(pause)
        pause = min(pause * 1.1, LONGEST_PAUSE)


def always(probe: Callable[[], object], seconds: float) -> None:
    """Fails as soon as the answer is not true at some moment of the next `seconds`: for what must not happen."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = probe()
        assert seen, f"no longer so: {seen}"
        time.sleep(PAUSE)
