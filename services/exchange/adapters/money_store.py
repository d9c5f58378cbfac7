"""Budgets and rates on MongoDB; amounts and rates stand in their documents as text, so that none becomes a float."""

from collections.abc import Iterable
from typing import Any

from chassis.store import DocumentStore, store_faults
from services.exchange.domain.budget import Budget
from services.exchange.domain.rates import Rate

_STATE_ALONE = {"history": 0, "outbox": 0, "applied": 0}


class BudgetStore(DocumentStore[Budget]):
    """`Budgets` on MongoDB."""

    def among(self, *, agreement: str | None, sites: frozenset[str] | None) -> list[Budget]:
        where: dict[str, Any] = {} if agreement is None else {"agreement": agreement}
        if sites is not None:
            either = {"$in": sorted(sites)}
            where["$or"] = [{"sending_site": either}, {"host_site": either}]
        with store_faults():
            return [self.shape.state(found) for found in self.collection.find(where, _STATE_ALONE).sort("_id")]


class RateStore(DocumentStore[Rate]):
    """`Rates` on MongoDB."""

    def into(self, to_currency: str, from_currencies: Iterable[str]) -> list[Rate]:
        where = {"to_currency": to_currency, "from_currency": {"$in": list(from_currencies)}}
        with store_faults():
            return [self.shape.state(found) for found in self.collection.find(where, _STATE_ALONE).sort("day")]

    def page(self, *, after: str | None, limit: int) -> list[Rate]:
        where = {"_id": {"$gt": after}} if after else {}
        with store_faults():
            found = self.collection.find(where, _STATE_ALONE).sort("_id").limit(limit)
            return [self.shape.state(each) for each in found]
