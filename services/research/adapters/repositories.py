"""Research's documents and copies on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.copies import Copies
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from chassis.store import DocumentStore, store_faults
from contracts.envelope import CloudEvent
from services.research.application.ports import Sought
from services.research.domain.outcome import Outcome

Document = dict[str, Any]

_NEWEST_FIRST = (("made_at", -1), ("_id", -1))
"""An outcome's id is made of an event's and says nothing about time."""


class OutcomeStore(DocumentStore[Outcome]):
    """`Outcomes` on MongoDB."""

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        where = [_seen_by(seen_by), _fits(sought), self._behind(after)]
        return self.matching({"$and": where}, order=_NEWEST_FIRST, limit=limit)

    def _behind(self, after: str | None) -> Document:
        if after is None:
            return {}
        with store_faults():
            last = self.collection.find_one({"_id": after}, {"made_at": 1})
        if last is None:
            raise Unknown(kind="outcome", id=after)
        older = {"made_at": {"$lt": last["made_at"]}}
        return {"$or": [older, {"made_at": last["made_at"], "_id": {"$lt": after}}]}


class PeopleCopies:
    """`People` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._copies = Copies(collection)

    def keep(self, event: CloudEvent, *, passport_name: str) -> bool:
        return self._copies.keep(event, {"passport_name": passport_name})

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        return {person: copy["passport_name"] for person, copy in self._copies.of(ids).items()}


class MistakeCopies:
    """`Mistakes` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        self._copies = Copies(collection)

    def note(self, event: CloudEvent, *, reason: str) -> None:
        self._copies.keep(event, {"reason": reason})

    def reason(self, visit: str) -> str | None:
        copy = self._copies.of([visit]).get(visit)
        return copy["reason"] if copy else None


def _seen_by(actor: Actor) -> Document:
    """The same rule as `permissions.may_see`, as a filter."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return {}
    sites = {"$in": sorted(actor.sites)}
    return {"$or": [{"sites": sites}, {"responsible": actor.person}, {"followers": actor.person}]}


def _fits(sought: Sought) -> Document:
    return {name: value for name, value in vars(sought).items() if value is not None}
