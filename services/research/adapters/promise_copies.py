"""What agreements promise, on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pymongo.collection import Collection

from chassis.copies import Copies
from chassis.store import store_faults
from contracts.envelope import CloudEvent
from services.research.domain.promises import Promised

_ADAPTER = TypeAdapter(Promised)


class PromiseCopies:
    """`Promises` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self._collection, self._copies = collection, Copies(collection)

    def keep(self, event: CloudEvent, promised: Promised) -> bool:
        return self._copies.keep(event, {**_ADAPTER.dump_python(promised, mode="json"), "sites": list(promised.zones)})

    def of(self, agreement: str) -> Promised | None:
        copy = self._copies.of([agreement]).get(agreement)
        return _ADAPTER.validate_python(copy) if copy else None

    def agreements_of(self, sites: Iterable[str]) -> frozenset[str]:
        with store_faults():
            found = self._collection.find({"sites": {"$in": sorted(sites)}}, {"_id": 1})
            return frozenset(each["_id"] for each in found)
