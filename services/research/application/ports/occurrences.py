"""What took place, as the exchange tells of it."""

from collections.abc import Iterable
from typing import Protocol

from chassis.kernel.documents import Transaction
from contracts.envelope import CloudEvent
from services.research.domain.occurrence import Named, Occurrence


class Occurrences(Protocol):
    """One document for each visit that was fulfilled and each session that was held."""

    def keep(self, event: CloudEvent, occurrence: Occurrence) -> None:
        """Keeps what the event tells, unless a newer one has told of it; a mistake that is known stays known."""
        ...

    def mark(self, origin: str, *, reason: str) -> None:
        """From now on the visit, or every session of the consultation that is kept, is known as a mistake."""
        ...

    def of(self, named: Iterable[Named]) -> dict[Named, Occurrence]:
        """Those of these that took place."""
        ...

    def rely_on(self, named: Iterable[Named], within: Transaction) -> None:
        """Within the transaction none of these becomes a mistake. Raises `WriteConflict` where one has meanwhile."""
        ...
