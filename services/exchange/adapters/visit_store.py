"""Visits on MongoDB."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded, Past
from chassis.store import DocumentStore, Shape, behind_id, newest, store_faults
from services.exchange.adapters import visit_lists
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.reporting.report import Subject
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import FULFILLED, HOLDING, MOST_DAYS, Visit, holds, is_seat_within


class VisitStore(DocumentStore[Visit]):
    """`Visits` on MongoDB. Every question is asked so that an index answers it: `visit_lists` says how."""

    def __init__(self, collection: Collection[dict[str, Any]], shape: Shape[Visit], clock: Clock) -> None:
        super().__init__(collection, shape)
        self._clock = clock

    def holding_places(self, department: str, within: ClientSession | None = None) -> list[Loaded[Visit]]:
        hosted = [
            visit
            for state in sorted(HOLDING)
            for visit in self.matching({"host_department": department, "state": state}, within=within)
        ]
        here = f"seat:{department}:"
        holding = [visit for visit in hosted if any(key.startswith(here) for key in holds(visit.state))]
        return sorted(holding, key=lambda visit: visit.id)

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
        behind = behind_id("vis", after, self._clock.now())
        return newest(self, visit_lists.seen_by(seen_by, state), behind, by=("_id",), limit=limit)

    def beyond(self, agreement: Agreement, limit: int) -> list[Loaded[Visit]]:
        perhaps = {visit.id: visit for where in visit_lists.perhaps_beyond(agreement) for visit in self.matching(where)}
        beyond = [visit for visit in perhaps.values() if uncovered(visit.state, agreement)]
        return sorted(beyond, key=lambda visit: (visit.state.planned_departure, visit.id))[:limit]

    def of_year(self, subject: Subject, year: int, moment: datetime, limit: int) -> list[Past[Visit]]:
        with store_faults():
            ids = {
                visit["_id"]
                for where in visit_lists.in_the_year(subject, year)
                for visit in self.collection.find(where, {"made_at": 1})
                if visit["made_at"] <= moment
            }
        return self.matching_as_of({"_id": {"$in": sorted(ids)[:limit]}}, moment)
