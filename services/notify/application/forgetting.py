"""A worker's task: what people were told long ago is let go of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from services.notify.application.ports import Notifications

AT_ONCE = 500


@dataclass(frozen=True)
class Forgetting:
    """`shelves`: notifications, and digests. `kept`: for how long after it was queued each is kept."""

    shelves: Sequence[Notifications]
    kept: timedelta
    clock: Clock

    def forget_old(self) -> int:
        """Deletes what is older, some at a time, and returns how many. What is still to be sent or told of stays."""
        before = self.clock.now() - self.kept
        return sum(shelf.forget(before, AT_ONCE) for shelf in self.shelves)
