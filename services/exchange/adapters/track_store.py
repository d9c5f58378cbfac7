"""Tracks on MongoDB."""

from pymongo.client_session import ClientSession

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import WriteConflict
from chassis.store import DocumentStore, store_faults
from services.exchange.domain.tracks.track import FOLLOWED, STEP_OPEN, Track

_WAITING = {"steps.state": STEP_OPEN}


class TrackStore(DocumentStore[Track]):
    """`Tracks` on MongoDB."""

    def awaiting(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Track]]:
        behind = {"_id": {"$gt": after}} if after else {}
        # Fields that are equal to something and then a range, a filter for each site and state: every server finds it
        # through one index. What is read are tracks that wait for something, however many do so no more.
        ways = [end | {"visit_state": state} | _WAITING for end in _seen_by(seen_by) for state in sorted(FOLLOWED)]
        found = {track.id: track for way in ways for track in self.matching(way | behind, limit=limit)}
        return [found[each] for each in sorted(found)][:limit]

    def must_stand(self, loaded: Loaded[Track], within: ClientSession) -> None:
        standing = {"_id": loaded.id, "version": loaded.version}
        with store_faults(within):
            # A write, though it says nothing: the database lets two transactions read one document, but not write it.
            found = self.collection.update_one(standing, {"$inc": {"relied_on": 1}}, session=within)
        if found.matched_count == 0:
            raise WriteConflict(id=loaded.id, version=loaded.version)


def _seen_by(actor: Actor) -> list[dict[str, str]]:
    if actor.is_system or actor.has(ADMINISTRATOR):
        return [{}]
    return [{end: site} for site in sorted(actor.sites) for end in ("sending_site", "host_site")]
