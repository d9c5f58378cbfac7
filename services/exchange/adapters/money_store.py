"""Budgets and rates on MongoDB; amounts and rates stand in their documents as text, so that none becomes a float."""

from collections.abc import Iterable
from typing import Any

from chassis.store import DocumentStore
from services.exchange.domain.budget import Budget
from services.exchange.domain.rates import Rate


class BudgetStore(DocumentStore[Budget]):
    """`Budgets` on MongoDB."""

    def among(self, *, agreement: str | None, sites: frozenset[str] | None) -> list[Budget]:
        where: dict[str, Any] = {} if agreement is None else {"agreement": agreement}
        if sites is not None:
            either = {"$in": sorted(sites)}
            where["$or"] = [{"sending_site": either}, {"host_site": either}]
        return [found.state for found in self.matching(where)]


class RateStore(DocumentStore[Rate]):
    """`Rates` on MongoDB."""

    def into(self, to_currency: str, from_currencies: Iterable[str]) -> list[Rate]:
        where = {"to_currency": to_currency, "from_currency": {"$in": list(from_currencies)}}
        return [found.state for found in self.matching(where, order=(("day", 1),))]

    def page(self, *, after: str | None, limit: int) -> list[Rate]:
        where = {"_id": {"$gt": after}} if after else {}
        return [found.state for found in self.matching(where, limit=limit)]
