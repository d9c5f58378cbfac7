"""The diary on MongoDB. Every question is asked so that an index answers it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pymongo.collection import Collection
from pymongo.database import Database

from chassis.store import Shape, store_faults, tells_nobody
from services.exchange.adapters import shapes
from services.exchange.application.ports.diary import ConsultationLine, Entry, VisitLine
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Roster
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.diary.meetings import Stamp
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit

State = TypeVar("State")
Document = dict[str, Any]

LATEST = {"history": {"$slice": -1}}
LATEST_LINE = {"outbox": 0} | LATEST
"""The last line of the history says when a document last changed; the rest of it may be long."""
AT_ONCE = 50
"""Ids: asked for a thousand at once, the embedded server took ten times as long."""
_VISIT = {"state": 1, "host_site": 1, "planned_arrival": 1} | LATEST
_SESSION = ("slot", "begins", "ends", "state", "attended", "roster.sites")
_CONSULTATION = {"state": 1, "sites": 1, "zone": 1} | {f"sessions.{name}": 1 for name in _SESSION} | LATEST


class Shelf(Generic[State]):
    """One collection, read with stamps."""

    def __init__(self, collection: Collection[Document], shape: Shape[State]) -> None:
        self.collection, self._shape = collection, shape

    def entries(self, where: Document) -> list[Entry[State]]:
        with store_faults():
            return [self._entry(document) for document in self.collection.find(where, LATEST_LINE)]

    def named(self, ids: Iterable[str]) -> list[Entry[State]]:
        wanted = sorted(set(ids))
        parts = (wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE))
        return [entry for part in parts for entry in self.entries({"_id": {"$in": part}})]

    def lines(self, ways: Iterable[Document], shown: Document, limit: int) -> list[Document]:
        """What fits any of the filters, `limit` of them: each is asked for so many, since what it finds others may."""
        with store_faults():
            found = {each["_id"]: each for way in ways for each in self.collection.find(way, shown).limit(limit)}
        return list(found.values())[:limit]

    def _entry(self, document: Document) -> Entry[State]:
        stamp = Stamp(document["version"], document["made_at"], _changed_at(document))
        return Entry(stamp, self._shape.state(document))


class DiaryStore:
    """`Diary` on MongoDB."""

    def __init__(self, database: Database[Document]) -> None:
        self._visits: Shelf[Visit] = Shelf(database["visits"], shapes.visit_shape(tells_nobody))
        self._consultations: Shelf[Consultation] = Shelf(
            database["consultations"], shapes.consultation_shape(tells_nobody)
        )
        self._people: Shelf[Person] = Shelf(database["people"], shapes.person_shape(tells_nobody))
        self._sites: Shelf[Site] = Shelf(database["sites"], shapes.SITE_SHAPE)

    def visit_lines(self, sites: Iterable[str], first: date | None, last: date | None, limit: int) -> list[VisitLine]:
        arriving = _range("planned_arrival", *(each.isoformat() if each else None for each in (first, last)))
        ways = [{end: site} | arriving for site in sorted(sites) for end in ("sending_site", "host_site")]
        return [_visit_line(document) for document in self._visits.lines(ways, _VISIT, limit)]

    def consultation_lines(
        self, sites: Iterable[str], first: datetime | None, last: datetime | None, limit: int
    ) -> list[ConsultationLine]:
        # No index leads through two lists: beside a time, nobody's sites are asked for.
        meeting = _range("sessions.begins", _text(first), _text(last))
        ways = [meeting] if meeting else [{of: site} for site in sorted(sites) for of in ("sites", "on_rosters")]
        return [_consultation_line(document) for document in self._consultations.lines(ways, _CONSULTATION, limit)]

    def visits(self, ids: Iterable[str]) -> list[Entry[Visit]]:
        return self._visits.named(ids)

    def consultations(self, ids: Iterable[str]) -> list[Entry[Consultation]]:
        return self._consultations.named(ids)

    def people(self, ids: Iterable[str]) -> list[Entry[Person]]:
        return self._people.named(ids)

    def sites(self, ids: Iterable[str]) -> list[Entry[Site]]:
        return self._sites.named(ids)

    def visits_of(self, person: str) -> list[Entry[Visit]]:
        return self._visits.entries({"visitors.person": person})

    def consultations_of(self, person: str) -> list[Entry[Consultation]]:
        ways = (self._consultations.entries({of: person}) for of in ("needs", "on_rosters"))
        return list({entry.state.id: entry for found in ways for entry in found}.values())


def _range(field: str, first: str | None, last: str | None) -> Document:
    edges = {"$gte": first, "$lte": last}
    given = {edge: value for edge, value in edges.items() if value is not None}
    return {field: given} if given else {}


def _text(moment: datetime | None) -> str | None:
    """As the store keeps instants: UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _visit_line(document: Document) -> VisitLine:
    arrival = date.fromisoformat(document["planned_arrival"])
    return VisitLine(document["_id"], document["state"], document["host_site"], arrival, _changed_at(document))


def _consultation_line(document: Document) -> ConsultationLine:
    return ConsultationLine(
        id=document["_id"],
        state=document["state"],
        sites=frozenset(document["sites"]),
        zone=document["zone"],
        sessions=tuple(_sessions(document["sessions"])),
        changed_at=_changed_at(document),
    )


def _changed_at(document: Document) -> datetime:
    at: datetime = document["history"][-1]["at"]
    return at


def _sessions(kept: Iterable[Document]) -> Iterator[Session]:
    for each in kept:
        slot, begins, ends = (datetime.fromisoformat(each[name]) for name in ("slot", "begins", "ends"))
        attended, roster = each.get("attended"), each.get("roster")
        yield Session(
            slot,
            begins,
            ends,
            each["state"],
            attended=tuple(attended) if attended is not None else None,
            roster=Roster((), tuple(roster["sites"])) if roster else None,
        )
