"""A breaker for each channel: while its server is away one message now and then asks for it, and the others wait.

What waits for it spends no attempt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

OPENS_AFTER = 3
"""So many rounds in a row in which nobody could be spoken to, of whichever worker."""
PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
"""From one probe to the next, while each fails; the last of them from then on."""


@dataclass(frozen=True)
class Breaker:
    """`failures` in a row. `open_until`: when the next probe may be made; nothing while it is closed."""

    failures: int = 0
    open_until: datetime | None = None

    def lets_nobody_through(self, now: datetime) -> bool:
        return self.open_until is not None and self.open_until > now


CLOSED = Breaker()


def failed(breaker: Breaker, *, now: datetime) -> Breaker:
    """After one more round in which nobody could be spoken to."""
    failures = breaker.failures + 1
    return Breaker(failures, next_probe(failures, OPENS_AFTER, PAUSES, now=now))


def next_probe(failures: int, opens_after: int, pauses: Sequence[timedelta], *, now: datetime) -> datetime | None:
    """When the next probe may be made after so many failures in a row; nothing while they are too few to open."""
    beyond = failures - opens_after
    return now + pauses[min(beyond, len(pauses) - 1)] if beyond >= 0 else None
