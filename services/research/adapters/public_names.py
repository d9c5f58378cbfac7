"""People and organisations that outcomes for the public name, on MongoDB."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from pymongo.collection import Collection

from chassis.store import store_faults
from services.research.adapters.by_change import first, stretches
from services.research.application.ports.harvesting import Stamped
from services.research.domain.harvesting.formats import NAMED
from services.research.domain.harvesting.named import Named
from services.research.domain.harvesting.tokens import Mark

Document = dict[str, Any]


class PublicNameStore:
    """`PublicNames` on MongoDB. Of a document without a type nobody was ever told, see `naming`."""

    def __init__(self, collection: Collection[Document]) -> None:
        self.collection = collection

    def page(
        self,
        types: Sequence[str],
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        ways = [{"type": each} for each in types]
        with store_faults():
            found = first(self.collection, ways, stretches(since, before, after), limit)
        return sorted(map(_stamped, found), key=attrgetter("mark"))[:limit]

    def one(self, named_id: str) -> Stamped | None:
        with store_faults():
            found = self.collection.find_one({"_id": named_id})
        return _stamped(found) if found and "type" in found else None

    def earliest(self) -> datetime | None:
        firsts = self.page(NAMED, since=None, before=None, after=None, limit=1)
        return firsts[0].changed_at if firsts else None


def _stamped(document: Document) -> Stamped:
    names = {name for each in document["named_by"] for name in each["names"]}
    named = Named(document["_id"], document["type"], document["identifier"], tuple(sorted(names)))
    return Stamped(named, document["changed_at"])
