"""Agreement tracks on MongoDB."""

from typing import Any

from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, Ways, behind_id, newest
from services.research.application.ports.agreement_tracks import SoughtTracks
from services.research.domain.agreement_tracks.track import STATES, AgreementTrack

Document = dict[str, Any]


class AgreementTrackStore(DocumentStore[AgreementTrack]):
    """`AgreementTracks` on MongoDB."""

    def __init__(self, collection: Collection[Document], shape: Shape[AgreementTrack], clock: Clock) -> None:
        super().__init__(collection, shape)
        self._clock = clock

    def serving(self, *outcomes: str) -> list[AgreementTrack]:
        return [each.state for each in self.matching({"outcomes": {"$in": list(outcomes)}})]

    def page(
        self, seen_by: Actor, sought: SoughtTracks, *, after: str | None, limit: int
    ) -> list[Loaded[AgreementTrack]]:
        behind = behind_id("tra", after, self._clock.now())
        return newest(self, _ways(seen_by, sought), behind, by=("_id",), limit=limit)


def _ways(actor: Actor, sought: SoughtTracks) -> Ways:
    """The same rule as `permissions.may_see`, as filters that an index serves each."""
    fits = _sought(sought)
    many, few = _seen_by(actor, narrowed=bool(fits))
    if fits:
        # What serves one outcome, or waits for one site, is little, whoever sees it.
        return Ways((), [way | fit for way in (*many, *few) for fit in fits])
    return Ways(many, few)


def _sought(sought: SoughtTracks) -> list[Document]:
    """What is sought, in each way in which it may be so; nothing where it is any."""
    serves: Document = {"outcomes": sought.outcome} if sought.outcome else {}
    if sought.waiting_site:
        return [serves | {waits: sought.waiting_site} for waits in ("waiting.site", "widenings.site")]
    return [serves] if serves else []


def _seen_by(actor: Actor, *, narrowed: bool) -> tuple[list[Document], list[Document]]:
    if actor.is_system or actor.has(ADMINISTRATOR):
        return ([{}] if narrowed else [{"state": each} for each in STATES]), []
    ends = [{end: site} for site in sorted(actor.sites) for end in ("provider.site", "recipient.site")]
    return ends, [{"followers": actor.person}] if actor.person else []
