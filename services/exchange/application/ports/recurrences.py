"""Rules by which a consultation meets again and again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class Recurrences(Protocol):
    """Reads RFC 5545 recurrence rules."""

    def slots(
        self, rule: str, begins: datetime, zone: str, *, without: Iterable[datetime] = ()
    ) -> tuple[datetime, ...]:
        """When each session begins, UTC: by the local clock of the zone, from `begins` on, those of `without` left out.

        `begins`: UTC, and the first of them. They rise, and are no more than `recurring.rule.MOST_SESSIONS`. Raises
        `UnknownZone` and every refusal of `recurring.refusals`.
        """
        ...

    def canonical(self, rule: str) -> str:
        """The same rule, always written in the same way. Raises what `recurring.reading.read_rule` raises."""
        ...
