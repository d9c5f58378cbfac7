"""Who answers for whom."""

from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from services.research.domain.delegation import Delegation


class Delegations(Documents[Delegation], Protocol):
    """One for each two people of whom one was ever named for the other."""

    def with_person(self, person: str, *, limit: int) -> list[Loaded[Delegation]]:
        """Those in which they are the person or the delegate, the ones that last longest first."""
        ...
