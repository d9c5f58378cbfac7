"""The guards of the chassis, each with a way to take it away: a test that then still passes tests nothing."""

from collections.abc import Callable

_WITHOUT: dict[str, Callable[[], None]] = {}


def take_away(guard: str) -> None:
    """Takes one guard away, in this process only; none for an empty name."""
    if guard:
        _WITHOUT[guard]()
