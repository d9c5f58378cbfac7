"""A breaker for each webhook: a destination that is down is asked now and then by one probe, and costs nobody else.

What waits for it meanwhile spends no attempt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notify.domain.breaker import next_probe

OPENS_AFTER = 5
"""So many failures in a row, of whichever deliveries, open it."""
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
"""From one probe to the next, while each fails; the last of them from then on."""

GIVEN_UP_AFTER, FEWEST_FAILURES = timedelta(days=5), 20
"""A webhook is given up where nothing has worked for so long, and that was tried so often."""


@dataclass(frozen=True)
class Circuit:
    """`failures` in a row, `failing_since` the first of them. `open_until`: when the next probe may be made."""

    failures: int = 0
    failing_since: datetime | None = None
    open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether an attempt may be made: any while it is closed, and one, the probe, when a pause is over."""
        return self.open_until is None or self.open_until <= now

    def is_beyond_hope(self, now: datetime) -> bool:
        since = self.failing_since
        return since is not None and now - since >= GIVEN_UP_AFTER and self.failures >= FEWEST_FAILURES


def failed(circuit: Circuit, *, now: datetime) -> Circuit:
    """After one more failure: a probe that fails opens it again, for longer."""
    failures = circuit.failures + 1
    return Circuit(failures, circuit.failing_since or now, next_probe(failures, OPENS_AFTER, PAUSES, now=now))
