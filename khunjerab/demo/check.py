"""One thing that has to be true when the story is over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """`ask` is asked until it answers `wanted`, or patience ends."""

    what: str
    ask: Callable[[], Any]
    wanted: Any
