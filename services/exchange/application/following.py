"""Keeping a visit's track in step with the visit, whoever looks first: its own event, or a command on a step."""

from dataclasses import dataclass, replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded, Transaction
from chassis.kernel.errors import StaleVersion, Unknown
from services.exchange.application.planning import Planning
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.tracks import Tracks
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.rules import Stay
from services.exchange.domain.site import Site
from services.exchange.domain.tracks.following import following
from services.exchange.domain.tracks.other_dates import EarliestDates, proposing_dates
from services.exchange.domain.tracks.track import Track, track_id
from services.exchange.domain.visit import Visit


@dataclass(frozen=True)
class Standing:
    """A track as it stands (`kept` is `None` before it is opened) and as its visit asks for it (`now`)."""

    kept: Loaded[Track] | None
    now: Track
    visit: Visit
    host: Site

    @property
    def version(self) -> int:
        """The version that is kept; 0 before it is opened."""
        return self.kept.version if self.kept else 0

    @property
    def is_behind(self) -> bool:
        """Whether the visit has moved on since the track followed it."""
        return self.kept is None or self.kept.state.visit_version < self.now.visit_version

    def answered(self, context: Context, expected_version: int | None) -> Receipt | None:
        """As `Loaded.answered`; 0 is the version of a track that is not opened yet. Raises `StaleVersion`."""
        if self.kept:
            return self.kept.answered(replace(context, expected_version=expected_version))
        if expected_version:
            raise StaleVersion(id=self.now.id, expected=expected_version, actual=0)
        return None


class Following:
    """Tracks beside the visits that they follow."""

    def __init__(self, tracks: Tracks, visits: Visits, sites: Sites, planning: Planning) -> None:
        self._tracks, self._visits, self._sites, self._planning = tracks, visits, sites, planning

    def standing(self, visit_id: str) -> Standing:
        """Raises `Unknown` for a visit that is not there."""
        # The track first: whoever follows a newer visit meanwhile makes the save on this older track fail.
        kept = self._kept(track_id(visit_id))
        visit = self._visits.load(visit_id)
        return self._standing(kept, visit)

    def standing_of(self, track: str) -> Standing:
        """Raises `Unknown` for a track that is not opened."""
        kept = self._tracks.load(track)
        return self._standing(kept, self._visits.load(kept.state.visit))

    def beside(self, visit: Loaded[Visit]) -> Standing:
        """The track as this very version of the visit asks for it. Nothing is written."""
        return self._standing(self._kept(track_id(visit.id)), visit)

    def save(self, standing: Standing, decision: Decision[Track], context: Context) -> Receipt:
        """Keeps the decision on what stands, and with it the days that it makes necessary; a track that nobody opened
        is opened by it.

        Raises `WriteConflict`.
        """

        def first_allowed(earliest: EarliestDates) -> Stay | None:
            return self._planning.first_allowed(standing.visit, earliest.arrival, earliest.departure, context.now)

        decided = proposing_dates(decision, first_allowed)
        if standing.kept is None:
            return self._tracks.add(decided.state.id, decided, context)
        return self._tracks.save(standing.kept, decided, context)

    def save_visit(
        self, visit: Loaded[Visit], decision: Decision[Visit], context: Context, relying_on: Loaded[Track]
    ) -> Receipt:
        """Keeps the decision on the visit only if the track that it relies on still stands. Raises `WriteConflict`."""
        write = self._visits.saving(visit, decision, context)

        def both(within: Transaction) -> Receipt:
            receipt = write(within)
            self._tracks.must_stand(relying_on, within)
            return receipt

        return self._visits.atomically(both)

    def _kept(self, track: str) -> Loaded[Track] | None:
        try:
            return self._tracks.load(track)
        except Unknown:
            return None

    def _standing(self, kept: Loaded[Track] | None, visit: Loaded[Visit]) -> Standing:
        sites = self._sites.named((visit.state.sending_site, visit.state.host_site))
        sending, host = sites[visit.state.sending_site], sites[visit.state.host_site]
        before = kept.state if kept else None
        now = before if before and before.visit_version > visit.version else None
        asked = now or following(before, visit.state, visit.version, sending, host)
        return Standing(kept, asked, visit.state, host)
