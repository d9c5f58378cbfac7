"""Where tracks are kept."""

from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded, Transaction
from services.exchange.domain.tracks.track import Track


class Tracks(Documents[Track], Protocol):
    """Every visit's track."""

    def awaiting(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Track]]:
        """Tracks with an open step, of visits from or to the actor's sites, by id, from behind the track `after`."""
        ...

    def must_stand(self, loaded: Loaded[Track], within: Transaction) -> None:
        """The track is still the one that was loaded, and until the transaction ends it becomes no other.

        Raises `WriteConflict`.
        """
        ...
