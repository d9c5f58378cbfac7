"""`CalendarsBrought` on MongoDB: a document for each event."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pymongo.collection import Collection

from chassis.store import store_faults
from chassis.store.many import insert_new
from services.notify.application.erasures import Erased, nobody_was
from services.notify.domain.brought_calendars import BroughtCalendars
from services.notify.domain.calendar_file import CalendarFile, Enclosed

Document = dict[str, Any]


class BroughtCalendarStore:
    """`erased`: of whom nothing is kept any more."""

    def __init__(self, collection: Collection[Document], erased: Erased = nobody_was) -> None:
        self._collection, self._erased = collection, erased

    def keep(self, new: Sequence[BroughtCalendars], now: datetime) -> None:
        gone = self._erased(frozenset().union(*(each.named for each in new)))
        kept = [each for each in new if each.named.isdisjoint(gone)]
        insert_new(self._collection, [{"_id": each.event, **_fields(each, now)} for each in kept])

    def about(self, subject: str) -> list[BroughtCalendars]:
        with store_faults():
            return [_brought(each) for each in self._collection.find({"about": subject})]

    def forget(self, before: datetime, limit: int) -> int:
        with store_faults():
            old = self._collection.find({"kept_at": {"$lt": before}}, {"_id": 1}).sort("kept_at").limit(limit)
            ids = [each["_id"] for each in old]
            return self._collection.delete_many({"_id": {"$in": ids}}).deleted_count if ids else 0


def _fields(brought: BroughtCalendars, now: datetime) -> Document:
    return {
        "about": brought.about,
        "version": brought.version,
        "recipients": sorted(brought.recipients),
        "named": sorted(brought.named),
        "files": asdict(brought.files),
        "kept_at": now,
    }


def _brought(kept: Document) -> BroughtCalendars:
    return BroughtCalendars(
        event=kept["_id"],
        about=kept["about"],
        version=kept["version"],
        recipients=frozenset(kept["recipients"]),
        named=frozenset(kept["named"]),
        files=Enclosed(**{who: CalendarFile(**file) for who, file in kept["files"].items() if file}),
    )
