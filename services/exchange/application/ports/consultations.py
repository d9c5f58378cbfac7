"""Where consultations are kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded, Past
from services.exchange.domain.consultations.consultation import Consultation


class Consultations(Documents[Consultation], Protocol):
    """Every consultation."""

    def taken(self, people: Iterable[str], rooms: Iterable[str], begins: datetime, ends: datetime) -> frozenset[str]:
        """The holds on any of these people and rooms, by whichever consultation, on quarters from `begins` to `ends`.

        Their keys are those of `quarters.key_of`.
        """
        ...

    def waiting(self) -> list[Loaded[Consultation]]:
        """Those on the waiting list, oldest first."""
        ...

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        """Consultations that the actor may see, newest first, from behind the consultation `after`."""
        ...

    def owing(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        """Those with open actions that are the actor's own or of their sites, oldest first, from behind `after`."""
        ...

    def of_year(self, agreements: Iterable[str], year: int, moment: datetime) -> list[Past[Consultation]]:
        """Those under one of the agreements of which a session lay in the year then, as they stood then; by id.

        See `reporting.conferring.meets_in`.
        """
        ...
