"""Who was erased, and what is left of them."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from chassis.kernel.documents import Documents
from services.notify.domain.admin.erasing import Erasure, erasure_id

Erasures = Documents[Erasure]
"""One document for each person who was ever to be erased."""


class Traces(Protocol):
    """Everything that is kept about people, wherever it stands."""

    def remove(self, person: str) -> bool:
        """Removes what is kept about a person; true where something is left for now: its events are not yet told."""
        ...


Erased = Callable[[Collection[str]], Collection[str]]
"""Those of these people who were erased, or are being so: nothing is kept for them any more."""


def nobody_was(_people: Collection[str]) -> Collection[str]:
    """Of `Erased` where nobody ever was."""
    return ()


def erased_among(people: Iterable[str], erasures: Erasures) -> frozenset[str]:
    """Those of these people who were erased, or are being so."""
    return frozenset(each.person for each in erasures.named([erasure_id(each) for each in people]).values())
