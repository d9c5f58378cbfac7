"""Research's ports about law and agreements in memory."""

from collections.abc import Iterable

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent
from services.research.application.ports.agreement_tracks import SoughtTracks
from services.research.application.ports.legal import KnownSite
from services.research.domain.agreement_tracks.permissions import may_see
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.legal.requirement import Requirement
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeRequirements(InMemoryDocuments[Requirement]):
    """`Requirements` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "requirement", lambda requirement: requirement.state)

    def all(self) -> list[Loaded[Requirement]]:
        return [self.load(each) for each in sorted(self.kept)]


class FakeAgreementTracks(InMemoryDocuments[AgreementTrack]):
    """`AgreementTracks` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "track", lambda track: track.state)

    def serving(self, *outcomes: str) -> list[AgreementTrack]:
        found = [self.kept[each].state for each in sorted(self.kept)]
        return [each for each in found if {*outcomes} & {*each.outcomes}]

    def page(
        self, seen_by: Actor, sought: SoughtTracks, *, after: str | None, limit: int
    ) -> list[Loaded[AgreementTrack]]:
        behind = [self.load(each) for each in sorted(self.kept, reverse=True) if after is None or each < after]
        return [each for each in behind if may_see(seen_by, each.state) and _fits(each.state, sought)][:limit]


def _fits(track: AgreementTrack, sought: SoughtTracks) -> bool:
    waits_for = {each.site for each in track.widenings} | ({track.waiting.site} if track.waiting else set())
    return (sought.outcome is None or sought.outcome in track.outcomes) and sought.waiting_site in {None, *waits_for}


class FakeSites:
    """`Sites` in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, KnownSite]] = {}

    def keep(self, event: CloudEvent, site: str, known: KnownSite) -> None:
        told_at, _ = self._kept.get(site, ("", known))
        if told_at < event.time.isoformat():
            self._kept[site] = event.time.isoformat(), known

    def known(self, sites: Iterable[str]) -> dict[str, KnownSite]:
        return {site: self._kept[site][1] for site in sites if site in self._kept}
