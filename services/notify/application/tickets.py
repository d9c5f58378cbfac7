"""Rolls of numbered tickets, from which all workers draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Draw:
    """What was drawn of many rolls at once. `before`: of each, how many others had drawn before."""

    id: str
    before: Mapping[str, int]


class Tickets(Protocol):
    """Every method raises `Unavailable` when the store does not answer."""

    def draw(self, roll: str, wanted: int, over_at: datetime) -> int:
        """Draws so many; returns how many others had drawn before. Of two at the same moment each may count the
        other's: numbers may be left out, and none is drawn twice. Forgotten some time after `over_at`.
        """
        ...

    def give_back(self, roll: str, unused: int) -> None:
        """So many of those that were drawn count no more."""
        ...

    def draw_each(self, wanted: Mapping[str, int], over_at: datetime) -> Draw:
        """The same of many rolls in one go, from each of which few others draw."""
        ...

    def keep_of(self, draw: Draw, used: Mapping[str, int]) -> None:
        """Gives the rest back: from now on no more than so many of each roll count as drawn."""
        ...

    def forget(self, before: datetime) -> int:
        """Throws away the tickets of what was over before a moment; returns how many draws they were."""
        ...
