"""Sites, people, agreements and closed periods on MongoDB."""

from pymongo.client_session import ClientSession

from chassis.kernel.documents import Loaded
from chassis.store import NEWEST_FIRST, DocumentStore, store_faults
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.closing import TakenPlaces
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


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
