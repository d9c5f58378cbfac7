"""What agreements promise, as exchange tells of them."""

from collections.abc import Iterable
from typing import Protocol

from contracts.envelope import CloudEvent
from services.research.domain.promises import Promised


class Promises(Protocol):
    """Copies of what each agreement promises of outcomes, and between whom."""

    def keep(self, event: CloudEvent, promised: Promised) -> bool:
        """Keeps what an agreement's event says; false where something as new or newer is kept."""
        ...

    def of(self, agreement: str) -> Promised | None:
        """`None` where no event has told of the agreement yet."""
        ...

    def agreements_of(self, sites: Iterable[str]) -> frozenset[str]:
        """The agreements in which any of these sites is a partner."""
        ...
