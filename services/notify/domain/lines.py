"""What the tables of who is told what are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
"""An event's data, as JSON values."""
Whom = Callable[[Facts], Iterable[str]]


@dataclass(frozen=True)
class Line:
    """One line of a table. `whom` finds person ids in the event's data.

    `own_deeds`: it tells people of what they did themselves, too, because their calendars have to follow.
    """

    purpose: str
    because: str
    whom: Whom
    own_deeds: bool = False
