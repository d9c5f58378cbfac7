"""What feeds tell of, on MongoDB: an index serves each question, and versions answer it instead of bookings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pymongo.database import Database

from chassis.store import store_faults
from services.exchange.application.ports.calendar_feeds import FeedLine
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

_VISIT = {"version": 1, "state": 1, "planned_departure": 1, "visitors.person": 1, "sending_site": 1, "host_site": 1}
_CONSULTATION = {"version": 1, "state": 1, "sessions.ends": 1, "sites": 1}
_PEOPLE = {"organiser": 1, "participants.person": 1, "participants.deputies": 1}
"""Only a person's own feed names who takes part."""
NOT_TOLD = frozenset({WAITLIST, ENTERED_IN_ERROR})


class FeedStore:
    """`FeedLines` on MongoDB."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def lines(self, kind: str, subject: str, since: datetime, limit: int) -> list[FeedLine]:
        visits = self._found("visits", _visits_of(kind, subject, since.date()), _VISIT, limit)
        shown = _CONSULTATION | (_PEOPLE if kind == OF_PERSON else {})
        consultations = self._found("consultations", _consultations_of(kind, subject), shown, limit)
        return [
            *(_of_visit(each) for each in visits if each["planned_departure"] >= since.date().isoformat()),
            *(_of_consultation(each) for each in consultations if _ends(each) >= since),
        ]

    def revisions(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        return [*self._versions("people", people), *self._versions("sites", sites)]

    def _found(self, collection: str, ways: Iterable[Document], shown: Document, limit: int) -> list[Document]:
        """The newest of what fits any of the filters: an id has the moment at which it was made."""
        with store_faults():
            found = {
                each["_id"]: each
                for way in ways
                for each in self._database[collection].find(way, shown).sort([("_id", -1)]).limit(limit)
            }
        told = [found[each] for each in sorted(found, reverse=True) if found[each]["state"] not in NOT_TOLD]
        return told[:limit]

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
        OF_PERSON: [{"needs": subject}],
        OF_SITE: [{"sites": subject}],
        OF_DEPARTMENT: [],
        OF_AGREEMENT: [{"agreement": subject}],
    }
    return ways[kind]


def _ends(document: Document) -> datetime:
    return datetime.fromisoformat(max(session["ends"] for session in document["sessions"]))


def _of_visit(document: Document) -> FeedLine:
    people = frozenset(visitor["person"] for visitor in document["visitors"])
    return FeedLine(
        document["_id"], document["version"], people, frozenset({document["sending_site"], document["host_site"]})
    )


def _of_consultation(document: Document) -> FeedLine:
    people = {who for each in document.get("participants", ()) for who in (each["person"], *each["deputies"])}
    organiser = {document["organiser"]} if "organiser" in document else set()
    return FeedLine(document["_id"], document["version"], frozenset(people | organiser), frozenset(document["sites"]))
