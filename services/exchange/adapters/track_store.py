"""Tracks on MongoDB."""

from typing import Any

from pymongo.client_session import ClientSession

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import WriteConflict
from chassis.store import DocumentStore, store_faults
from services.exchange.domain.tracks.track import FOLLOWED, STEP_OPEN, Track


class TrackStore(DocumentStore[Track]):
    """`Tracks` on MongoDB."""

    def awaiting(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Track]]:
        where: dict[str, Any] = {"visit_state": {"$in": sorted(FOLLOWED)}, "steps.state": STEP_OPEN}
        if not (seen_by.is_system or seen_by.has(ADMINISTRATOR)):
            sites = {"$in": sorted(seen_by.sites)}
            where["$or"] = [{"sending_site": sites}, {"host_site": sites}]
        if after is not None:
            where["_id"] = {"$gt": after}
        return self.matching(where, limit=limit)

    def must_stand(self, loaded: Loaded[Track], within: ClientSession) -> None:
        standing = {"_id": loaded.id, "version": loaded.version}
        with store_faults(within):
            # A write, though it says nothing: the database lets two transactions read one document, but not write it.
            found = self.collection.update_one(standing, {"$inc": {"relied_on": 1}}, session=within)
        if found.matched_count == 0:
            raise WriteConflict(id=loaded.id, version=loaded.version)
