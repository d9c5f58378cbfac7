"""Consultations on MongoDB."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded, Past
from chassis.store import DocumentStore, Shape, Ways, behind_id, newest, store_faults
from services.exchange.domain.consultations.consultation import HOLDING, STATES, WAITLIST, Consultation
from services.exchange.domain.consultations.quarters import parts_of_key
from services.exchange.domain.reporting.conferring import meets_in

Filter = dict[str, Any]


class ConsultationStore(DocumentStore[Consultation]):
    """`Consultations` on MongoDB. Every question is a few filters, of which one index each serves."""

    def __init__(self, collection: Collection[dict[str, Any]], shape: Shape[Consultation], clock: Clock) -> None:
        super().__init__(collection, shape)
        self._clock = clock

    def taken(self, people: Iterable[str], rooms: Iterable[str], begins: datetime, ends: datetime) -> frozenset[str]:
        wanted = {("person", each) for each in people} | {("room", each) for each in rooms}
        needed = {"$in": sorted(thing for _kind, thing in wanted)}
        # By state and need: ranges over many keys of one document not every server finds by the index of holds, nor
        # two ranges at once by any index.
        with store_faults():
            holding = (self.collection.find({"state": each, "needs": needed}, {"holds": 1}) for each in sorted(HOLDING))
            held = {key for found in chain.from_iterable(holding) for key in found.get("holds", ())}
        return frozenset(key for key in held if _lies_in(key, wanted, begins, ends))

    def waiting(self) -> list[Loaded[Consultation]]:
        return self.matching({"state": WAITLIST})

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        behind = behind_id("con", after, self._clock.now())
        return newest(self, _seen_by(seen_by, state), behind, by=("_id",), limit=limit)

    def owing(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        behind = {"_id": {"$gt": after}} if after else {}
        found = {each.id: each for way in _owed_to(seen_by) for each in self.matching(way | behind, limit=limit)}
        return [found[each] for each in sorted(found)][:limit]

    def of_year(self, agreements: Iterable[str], year: int, moment: datetime) -> list[Past[Consultation]]:
        with store_faults():
            ids = {
                found["_id"]
                for where in _perhaps_in_the_year(agreements, year)
                for found in self.collection.find(where, {"made_at": 1})
                if found["made_at"] <= moment
            }
        pasts = self.matching_as_of({"_id": {"$in": sorted(ids)}}, moment)
        return [past for past in pasts if meets_in(past.state, year)]


def _seen_by(actor: Actor, state: str | None) -> Ways:
    """The same rule as `permissions.consultations.may_see`: what fits any of these."""
    standing = {"state": state} if state else {}
    if actor.is_system or actor.has(ADMINISTRATOR):
        return Ways([standing] if state else [{"state": each} for each in STATES])
    own = [{who: actor.person} | standing for who in ("needs", "organiser") if actor.person]
    return Ways([{"sites": site} | standing for site in sorted(actor.sites)], own)


def _owed_to(actor: Actor) -> Iterator[Filter]:
    if actor.is_system or actor.has(ADMINISTRATOR):
        yield {"is_owed": True}
        return
    yield from ({"sites": site, "is_owed": True} for site in sorted(actor.sites))
    if actor.person:
        yield {"owed_by": actor.person}


def _perhaps_in_the_year(agreements: Iterable[str], year: int) -> Iterator[Filter]:
    """Among what fits any of these is all of which a session lies, or lay, in the year where it is organised."""
    # A day is nowhere more than a day away from that of UTC.
    within = {"$gte": f"{year - 1}-12-31", "$lt": f"{year + 1}-01-02"}
    for agreement in sorted(agreements):
        yield {"agreement": agreement, "sessions.begins": within}
        # Who moves a session announces it anew: where it lay before, the history says.
        yield {"agreement": agreement, "sequence": {"$gt": 0}}


def _lies_in(key: str, wanted: Container[tuple[str, str]], begins: datetime, ends: datetime) -> bool:
    kind, thing, quarter = parts_of_key(key)
    return (kind, thing) in wanted and begins <= quarter < ends
