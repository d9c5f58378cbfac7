"""What feeds tell of, on MongoDB: an index serves each question, and versions answer it instead of bookings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pymongo.database import Database

from chassis.store import store_faults
from services.exchange.application.ports.calendar_feeds import Change
from services.exchange.application.ports.calendar_files import (
    OF_AGREEMENT,
    OF_DEPARTMENT,
    OF_PERSON,
    OF_SITE,
    Revision,
)
from services.exchange.domain.consultations.consultation import WAITLIST
from services.exchange.domain.visit import ENTERED_IN_ERROR, MOST_DAYS

Document = dict[str, Any]

_VERSION = {"version": 1, "state": 1}
_CONCERNED: Mapping[str, tuple[str, ...]] = {
    "visits": ("visitors.person", "sending_site", "host_site", "host_department", "agreement"),
    "consultations": ("needs", "on_rosters", "sites", "agreement"),
    "people": (),
    "sites": (),
}
NOT_TOLD = frozenset({WAITLIST, ENTERED_IN_ERROR})


class FeedStore:
    """`FeedLines` on MongoDB."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def visits(self, kind: str, subject: str, since: date, limit: int) -> list[Revision]:
        return self._newest("visits", _visits_of(kind, subject, since), limit)

    def consultations(self, kind: str, subject: str, limit: int) -> list[Revision]:
        return self._newest("consultations", _consultations_of(kind, subject), limit)

    def named(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        return [*self._versions("people", people), *self._versions("sites", sites)]

    def changed(self, since: datetime, limit: int) -> list[Change]:
        return [each for collection in _CONCERNED for each in self._changed(collection, since, limit)]

    def _changed(self, collection: str, since: datetime, limit: int) -> Iterator[Change]:
        shown = dict.fromkeys(("version", *_CONCERNED[collection]), 1)
        with store_faults():
            for each in self._database[collection].find({"changed_at": {"$gte": since}}, shown).limit(limit):
                concerns = frozenset(who for field in _CONCERNED[collection] for who in _within(each, field))
                yield Change(Revision(each["_id"], each["version"]), concerns)

    def _newest(self, collection: str, ways: Iterable[Document], limit: int) -> list[Revision]:
        """Of what fits any of the filters: an id has the moment in it at which it was made."""
        with store_faults():
            found = {
                each["_id"]: each
                for way in ways
                for each in self._database[collection].find(way, _VERSION).sort([("_id", -1)]).limit(limit)
            }
        newest = [found[each] for each in sorted(found, reverse=True)[:limit]]
        return [Revision(each["_id"], each["version"]) for each in newest if each["state"] not in NOT_TOLD]

    def _versions(self, collection: str, ids: Iterable[str]) -> Iterator[Revision]:
        with store_faults():
            for each in self._database[collection].find({"_id": {"$in": sorted(ids)}}, {"version": 1}):
                yield Revision(each["_id"], each["version"])


def _visits_of(kind: str, subject: str, since: date) -> list[Document]:
    # No visit is longer: who arrived before has left by then.
    arriving = {"planned_arrival": {"$gte": (since - timedelta(days=MOST_DAYS)).isoformat()}}
    ways: Mapping[str, list[Document]] = {
        OF_PERSON: [{"visitors.person": subject}],
        OF_SITE: [{end: subject} | arriving for end in ("sending_site", "host_site")],
        OF_DEPARTMENT: [{"host_department": subject, "planned_departure": {"$gte": since.isoformat()}}],
        OF_AGREEMENT: [{"agreement": subject} | arriving],
    }
    return ways[kind]


def _consultations_of(kind: str, subject: str) -> list[Document]:
    """A department has none: people take part for their site."""
    ways: Mapping[str, list[Document]] = {
        OF_PERSON: [{of: subject} for of in ("needs", "on_rosters")],
        OF_SITE: [{"sites": subject}],
        OF_DEPARTMENT: [],
        OF_AGREEMENT: [{"agreement": subject}],
    }
    return ways[kind]


def _within(document: Document, field: str) -> Iterator[str]:
    """What stands in a field, or in that field of each thing in a list."""
    name, _dot, inner = field.partition(".")
    # Consultations from before there were rosters are on none.
    held = document.get(name, [])
    for each in held if isinstance(held, list) else [held]:
        yield each[inner] if inner else each
