"""What the tables of who is told what are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
"""An event's data, as JSON values."""
Whom = Callable[[Facts], Iterable[str]]


@dataclass(frozen=True)
class Line:
    """One line of a table. `whom` finds person ids in the event's data."""

    purpose: str
    because: str
    whom: Whom
