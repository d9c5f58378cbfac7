"""The exchange's documents on MongoDB."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pymongo.client_session import ClientSession

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded, Past
from chassis.store import NEWEST_FIRST, OLDEST_FIRST, DocumentStore, store_faults
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.closing import TakenPlaces
from services.exchange.domain.person import Person
from services.exchange.domain.reporting.report import AGREEMENT, Subject
from services.exchange.domain.site import Site
from services.exchange.domain.uncovered import TO_COME, removed_conditions
from services.exchange.domain.visit import FULFILLED, HOLDING, MOST_DAYS, Visit, is_seat_within

_VISITS_ALONE = {"_id": {"$gte": "vis_", "$lt": "vis`"}}
"""Closed periods hold places in the same collection, for its unique index to see; they are no visits."""


class VisitStore(DocumentStore[Visit]):
    """`Visits` on MongoDB."""

    def holding_places(self, department: str, within: ClientSession | None = None) -> list[Loaded[Visit]]:
        # ";" is the character behind ":". The department itself is for a server that has no use of the index for holds.
        here = {"holds": {"$elemMatch": {"$gte": f"seat:{department}:", "$lt": f"seat:{department};"}}}
        return self.matching({"host_department": department} | here, within=within)

    def hosts_of(self, person: str) -> frozenset[str]:
        going = {"$elemMatch": {"person": person, "withdrawn": {"$ne": True}}}
        theirs = {"visitors.person": person, "visitors": going, "state": {"$in": sorted(HOLDING)}}
        with store_faults():
            return frozenset(visit["host_site"] for visit in self.collection.find(theirs, {"host_site": 1}))

    def held_keys(self, keys: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(keys)
        with store_faults():
            holding = self.collection.find({"holds": {"$in": list(wanted)}}, {"holds": 1})
            return wanted & {key for visit in holding for key in visit["holds"]}

    def seats_held(self, departments: Iterable[str], first: date, last: date) -> frozenset[str]:
        wanted = frozenset(departments)
        # No visit is longer: whose departure lies behind that has not begun by `last`. One range for each department,
        # no more, is what every server finds through the index alone, however many visits there were before.
        leaving = {"$gte": first.isoformat(), "$lte": (last + timedelta(days=MOST_DAYS)).isoformat()}
        with store_faults():
            keys = {
                key
                for department in sorted(wanted)
                for visit in self.collection.find(
                    {"host_department": department, "planned_departure": leaving}, {"holds": 1}
                )
                for key in visit.get("holds", ())
            }
        return frozenset(key for key in keys if is_seat_within(key, wanted, first, last))

    def of_people(self, people: Iterable[str]) -> list[Visit]:
        where = {"visitors.person": {"$in": sorted(people)}, "state": {"$in": sorted(HOLDING | {FULFILLED})}}
        return [found.state for found in self.matching(where)]

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Visit]]:
        where = _VISITS_ALONE | _seen_by(seen_by)
        if state is not None:
            where["state"] = state
        if after is not None:
            where["_id"] = {"$gte": "vis_", "$lt": after}
        return self.matching(where, order=NEWEST_FIRST, limit=limit)

    def beyond(self, agreement: Agreement, limit: int) -> list[Loaded[Visit]]:
        here = {"agreement": agreement.id, "state": {"$in": sorted(TO_COME)}}
        order = (("planned_departure", 1), *OLDEST_FIRST)
        # One query for each reason: a server may have no index for several of them at once.
        found = [self.matching(reason | here, order=order, limit=limit) for reason in _not_covered_by(agreement)]
        beyond = {visit.id: visit for visits in found for visit in visits}.values()
        return sorted(beyond, key=lambda visit: (visit.state.planned_departure, visit.id))[:limit]

    def of_year(self, subject: Subject, year: int, moment: datetime, limit: int) -> list[Past[Visit]]:
        within = {"$gte": f"{year}-01-01", "$lte": f"{year}-12-31"}
        # Also those that a later decision moved to another year: what it took away stands in the history.
        days = [{"planned_arrival": within}, {"history.was.planned_arrival.was": within}]
        where = {"$and": [_VISITS_ALONE, _told_of(subject), {"$or": days}], "made_at": {"$lte": moment}}
        return self.matching_as_of(where, moment, limit)


class ClosedPlacesStore(DocumentStore[TakenPlaces]):
    """`ClosedPlaces` on MongoDB: in the visits' collection."""


class PersonStore(DocumentStore[Person]):
    """`People` on MongoDB."""

    def all(self) -> list[Loaded[Person]]:
        return self.matching({}, order=(("passport_name", 1),))

    def with_passport(self, *, after: str | None, limit: int) -> list[Loaded[Person]]:
        behind = {"_id": {"$gt": after}} if after else {}
        return self.matching({"passport.sealed": {"$exists": True}} | behind, limit=limit)


class AgreementStore(DocumentStore[Agreement]):
    """`Agreements` on MongoDB."""

    def all(self) -> list[Loaded[Agreement]]:
        return self.matching({}, order=NEWEST_FIRST)


class SiteStore(DocumentStore[Site]):
    """`Sites` on MongoDB."""

    def all(self) -> list[Loaded[Site]]:
        return self.matching({})

    def has_seats(self, site_id: str, department: str, seats: int, within: ClientSession) -> bool:
        enough = {"$elemMatch": {"id": department, "seats": {"$gte": seats}}}
        with store_faults(within):
            # A write, though it says nothing: the database lets two transactions read one document, but not write it.
            seated = {"$inc": {"seated": 1}}
            found = self.collection.update_one({"_id": site_id, "departments": enough}, seated, session=within)
        return found.matched_count == 1


def _not_covered_by(agreement: Agreement) -> list[dict[str, Any]]:
    """The same rule as `uncovered`, as a filter."""
    reasons: list[dict[str, Any]] = [{"planned_departure": {"$gt": agreement.last_day.isoformat()}}]
    if agreement.superseded:
        reasons.append({"planned_arrival": {"$lt": agreement.in_effect_from.isoformat()}})
    if removed := removed_conditions(agreement):
        reasons.append({"condition": {"$in": list(removed)}})
    return reasons


def _told_of(subject: Subject) -> dict[str, Any]:
    if subject.kind == AGREEMENT:
        return {"agreement": subject.id}
    return {"$or": [{"sending_site": subject.id}, {"host_site": subject.id}]}


def _seen_by(actor: Actor) -> dict[str, Any]:
    """The same rule as `permissions.may_see`, as a filter."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return {}
    sites = {"$in": sorted(actor.sites)}
    own = [{"visitors.person": actor.person}, {"deputies.person": actor.person}]
    return {"$or": [{"sending_site": sites}, {"host_site": sites}, *own]}
