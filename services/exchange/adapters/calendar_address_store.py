"""Calendar addresses on MongoDB."""

from chassis.kernel.documents import Loaded
from chassis.store import WITHOUT_TRAIL, DocumentStore, store_faults
from services.exchange.domain.calendar_address import CalendarAddress


class CalendarAddressStore(DocumentStore[CalendarAddress]):
    """`CalendarAddresses` on MongoDB."""

    def with_secret(self, secret: str) -> CalendarAddress | None:
        with store_faults():
            found = self.collection.find_one({"secret": secret}, WITHOUT_TRAIL)
        return self.shape.state(found) if found else None

    def page(self, owner: str | None, *, after: str | None, limit: int) -> list[Loaded[CalendarAddress]]:
        of = {"owner": owner} if owner else {}
        behind = {"_id": {"$gt": after}} if after else {}
        return self.matching(of | behind, limit=limit)

    def open_of(self, owner: str) -> int:
        with store_faults():
            return self.collection.count_documents({"owner": owner, "revoked_at": None})
