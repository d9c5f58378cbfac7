"""Where agreement tracks are kept."""

from dataclasses import dataclass
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Documents, Loaded
from services.research.domain.agreement_tracks.track import AgreementTrack


@dataclass(frozen=True)
class SoughtTracks:
    """Which tracks a list is to show; `None` stands for any. `waiting_site`: those that wait for this site, for
    a step or for its word on one outcome more."""

    outcome: str | None = None
    waiting_site: str | None = None


class AgreementTracks(Documents[AgreementTrack], Protocol):
    """Every agreement track."""

    def serving(self, *outcomes: str) -> list[AgreementTrack]:
        """Those that serve one of the outcomes, by id, whatever their state."""
        ...

    def page(
        self, seen_by: Actor, sought: SoughtTracks, *, after: str | None, limit: int
    ) -> list[Loaded[AgreementTrack]]:
        """Tracks that the actor may see, the highest id first, from behind the track `after`."""
        ...
