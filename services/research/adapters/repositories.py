"""Research's documents and copies on MongoDB."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

from chassis import crashpoints
from chassis.clock import Clock
from chassis.copies import Copies
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown, WriteConflict
from chassis.store import DUPLICATE_KEY, DocumentStore, Shape, Ways, behind_moment, newest, store_faults
from chassis.store.writing import inserted
from contracts.envelope import CloudEvent
from services.research.adapters.common_keys import common_among
from services.research.adapters.import_store import RUNNING
from services.research.adapters.owing import owed
from services.research.application.ports.outcomes import Come, Owing, Sought
from services.research.domain.duplicates.scoring import Described
from services.research.domain.outcome import Outcome

Document = dict[str, Any]

_PLACE = ("made_at", "_id")
"""An outcome's id is made of an event's and says nothing about time."""


_COMPARED = {"title": 1, "details.year": 1, "contributors.name": 1, "doi": 1}


class OutcomeStore(DocumentStore[Outcome]):
    """`Outcomes` on MongoDB."""

    def __init__(self, collection: Collection[Document], shape: Shape[Outcome], clock: Clock) -> None:
        super().__init__(collection, shape)
        self._clock = clock

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        place = None if after is None else (self._told(after, "made_at"), after)
        behind = behind_moment("made_at", place, self._clock.now())
        return newest(self, _ways(seen_by, sought, self._shown()), behind, by=_PLACE, limit=limit)

    def owed(self, seen_by: Actor, owing: Owing, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        sites, own = _seen_by(seen_by)
        place = None if after is None else (self._told(after, "due_on"), after)
        return [self.loaded(document) for document in owed(self, (*sites, *own), owing, place, limit)]

    def described_by_each(self, keys: Sequence[Sequence[str]], *, limit: int) -> list[dict[str, Described]]:
        shown = self._shown()
        with store_faults():
            return [self._described_by(each, shown, limit) if each else {} for each in keys]

    def _described_by(self, keys: Sequence[str], shown: Document, limit: int) -> dict[str, Described]:
        found = self.collection.find({"found_by": {"$in": list(keys)}} | shown, _COMPARED).limit(limit)
        return {document["_id"]: _described(document) for document in found}

    def come_since(self, moment: datetime, *, brought_until: datetime) -> dict[str, Come]:
        # By what a running import has brought itself nothing is looked for: there may be ten thousand of those.
        entered, brought = {"changed_at": {"$gte": moment}}, {"made_at": {"$gte": moment, "$lt": brought_until}}
        shown, fields = self._shown(), _COMPARED | {"found_by": 1}
        with store_faults():
            found = [each for where in (entered, brought) for each in self.collection.find(where | shown, fields)]
        return {each["_id"]: Come(_described(each), frozenset(each.get("found_by", ()))) for each in found}

    def add_read(self, read: Sequence[tuple[Decision[Outcome], Context]], within: ClientSession) -> None:
        documents = [_as_read(inserted(each.state.id, each, context, self.shape)[0]) for each, context in read]
        crashpoints.reached("store.before-write")
        try:
            with store_faults(within):
                self.collection.insert_many(documents, session=within)
        except BulkWriteError as error:
            there = [each for each in (error.details or {}).get("writeErrors", ()) if each["code"] == DUPLICATE_KEY]
            if not there:
                raise
            raise WriteConflict(id=documents[there[0]["index"]]["_id"]) from error

    def common(self, keys: Sequence[str]) -> dict[str, int]:
        return common_among(keys, self.collection.database["common_keys"])

    def loaded(self, document: Document) -> Loaded[Outcome]:
        """One kept before it was kept when it came to its stages is read with its history, which tells of the first."""
        if "reached" in document or not document["stage"]:
            return super().loaded(document)
        with store_faults():
            trail = self.collection.find_one({"_id": document["_id"]}, {"history": 1})
        return super().loaded(document | (trail or {}))

    def _shown(self) -> Document:
        """All but what a running import has brought so far: of that nothing shows before all is there."""
        with store_faults():
            running = [each["_id"] for each in self.collection.database["imports"].find(RUNNING, {"_id": 1})]
        return {"read_by": {"$nin": running}} if running else {}

    def _told(self, outcome_id: str, field: str) -> Any:
        with store_faults():
            found = self.collection.find_one({"_id": outcome_id}, {field: 1})
        if found is None:
            raise Unknown(kind="outcome", id=outcome_id)
        return found[field]


class PeopleCopies:
    """`People` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._copies = Copies(collection)

    def keep(self, event: CloudEvent, *, passport_name: str, sites: Iterable[str] = ()) -> bool:
        return self._copies.keep(event, {"passport_name": passport_name, "sites": list(sites)})

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        return {person: copy["passport_name"] for person, copy in self._copies.of(ids).items()}

    def sites(self, person: str) -> frozenset[str] | None:
        copy = self._copies.of([person]).get(person)
        # Copies kept before there were sites in them have none.
        return frozenset(copy.get("sites", ())) if copy else None


class MistakeCopies:
    """`Mistakes` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._copies = Copies(collection)

    def note(self, event: CloudEvent, *, reason: str) -> None:
        self._copies.keep(event, {"reason": reason})

    def reason(self, origin: str) -> str | None:
        copy = self._copies.of([origin]).get(origin)
        return copy["reason"] if copy else None


def _as_read(document: Document) -> Document:
    """Without a moment of change until somebody changes it: what people did since a moment is found by that."""
    return {name: value for name, value in document.items() if name != "changed_at"}


def _described(document: Document) -> Described:
    year = (document.get("details") or {}).get("year")
    authors = tuple(each["name"] for each in document.get("contributors", ()))
    return Described(document["title"], year if isinstance(year, int) else None, authors, document["doi"])


def _ways(actor: Actor, sought: Sought, shown: Document) -> Ways:
    """The same rule as `permissions.may_see`, as filters that an index serves each."""
    wanted = {"stage": sought.stage, "state": sought.state, "type": sought.type, "responsible": sought.responsible}
    fits = shown | {name: value for name, value in wanted.items() if value}
    sites, own = ([way | fits for way in ways if _agree(way, fits)] for ways in _seen_by(actor))
    if sought.origin:
        # What one visit or consultation led to is little, whoever sees it. `visit` is that of documents kept before.
        of_it = [{name: sought.origin} for name in ("origin.id", "also_of.id", "visit")]
        return Ways((), [origin | way for origin in of_it for way in (*sites, *own)])
    if sought.responsible:
        return Ways((), [*sites, *own])
    return Ways(sites, own)


def _agree(way: Document, fits: Document) -> bool:
    """Whether anything can fit both: what is one person's own is nobody else's."""
    return all(fits.get(name, value) == value for name, value in way.items())


def _seen_by(actor: Actor) -> tuple[list[Document], list[Document]]:
    if actor.is_system or actor.has(ADMINISTRATOR):
        return [{}], []
    own = [{whose: actor.person} for whose in ("responsible", "followers") if actor.person]
    return [{"sites": site} for site in sorted(actor.sites)], own
