"""Announcements on MongoDB."""

from collections.abc import Collection as Some
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, tells_nobody
from services.notify.domain.announcement import Announcement, due

ANNOUNCEMENT_SHAPE = Shape(
    service="notify",
    kind="announcement",
    model=Announcement,
    state_word=lambda announcement: announcement.state,
    publish=tells_nobody,
    due=due,
)

LATEST_FIRST = (("made_at", -1), ("_id", -1))


class AnnouncementStore(DocumentStore[Announcement]):
    """`Announcements` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, ANNOUNCEMENT_SHAPE)

    def newest(self, sites: Some[str] | None, limit: int) -> list[Loaded[Announcement]]:
        where = {} if sites is None else {"audience.sites": {"$in": sorted(sites)}}
        return self.matching(where, order=LATEST_FIRST, limit=limit, without=["recipients"])
