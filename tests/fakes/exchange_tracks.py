"""Tracks in memory."""

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded, Transaction
from chassis.kernel.errors import WriteConflict
from services.exchange.domain.tracks.track import Track
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeTracks(InMemoryDocuments[Track]):
    """`Tracks` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "track", lambda track: track.visit_state)

    def awaiting(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Track]]:
        everywhere = seen_by.is_system or seen_by.has(ADMINISTRATOR)
        found = [self.load(each) for each in sorted(self.kept) if after is None or each > after]
        return [
            each
            for each in found
            if each.state.awaited and (everywhere or seen_by.sites & {each.state.sending_site, each.state.host_site})
        ][:limit]

    def must_stand(self, loaded: Loaded[Track], within: Transaction) -> None:  # noqa: ARG002
        if self.load(loaded.id).version != loaded.version:
            raise WriteConflict(id=loaded.id, version=loaded.version)
