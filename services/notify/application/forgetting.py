"""A worker's task: what people were told long ago is let go of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chassis.clock import Clock

AT_ONCE = 500


class Shelf(Protocol):
    """Something of which nothing is wanted any more once it is old."""

    def forget(self, before: datetime, limit: int) -> int:
        """Deletes what was done with before a moment, at most `limit`; returns how many."""
        ...


@dataclass(frozen=True)
class Forgetting:
    """`kept`: for how long: notifications and digests since they were queued, links since they are over."""

    shelves: Sequence[Shelf]
    kept: timedelta
    clock: Clock

    def forget_old(self) -> int:
        """Deletes what is older, some at a time, and returns how many. What is still to be sent or told of stays."""
        before = self.clock.now() - self.kept
        return sum(shelf.forget(before, AT_ONCE) for shelf in self.shelves)
