"""Public outcomes on MongoDB."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from pymongo.collection import Collection

from chassis.store import WITHOUT_TRAIL, Shape, store_faults
from services.research.adapters.by_change import first, stretches
from services.research.application.ports.harvesting import Stamped
from services.research.domain.harvesting.tokens import Mark
from services.research.domain.outcome import Outcome

Document = dict[str, Any]
_EVER_PUBLIC = (True, False)
"""It is null, or missing, where nobody outside was ever told."""


class PublicOutcomeStore:
    """`PublicOutcomes` on MongoDB: each question equals the fields that lead an index, and has one range at most."""

    def __init__(self, collection: Collection[Document], shape: Shape[Outcome]) -> None:
        self.collection, self.shape = collection, shape

    def page(
        self,
        types: Sequence[str] | None,
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        with store_faults():
            found = first(self.collection, list(_those(types)), stretches(since, before, after), limit)
        return sorted(map(self._stamped, found), key=attrgetter("mark"))[:limit]

    def one(self, outcome_id: str) -> Stamped | None:
        with store_faults():
            found = self.collection.find_one({"_id": outcome_id}, WITHOUT_TRAIL)
        return self._stamped(found) if found and found.get("public") is not None else None

    def earliest(self) -> datetime | None:
        with store_faults():
            firsts = [
                each["changed_at"]
                for is_public in _EVER_PUBLIC
                for each in self.collection.find({"public": is_public}, {"changed_at": 1}).sort("changed_at").limit(1)
            ]
        return min(firsts, default=None)

    def _stamped(self, document: Document) -> Stamped:
        return Stamped(self.shape.state(document), document["changed_at"])


def _those(types: Sequence[str] | None) -> Iterator[Document]:
    """Filters, of which an index serves each: of every type by itself, or of all together."""
    for is_public in _EVER_PUBLIC:
        for of_type in [{}] if types is None else [{"type": each} for each in types]:
            yield {"public": is_public, **of_type}
