"""Budgets and rates on MongoDB; amounts and rates stand in their documents as text, so that none becomes a float."""

from collections.abc import Iterable

from chassis.store import DocumentStore
from services.exchange.domain.budget import Budget
from services.exchange.domain.rates import Rate


class BudgetStore(DocumentStore[Budget]):
    """`Budgets` on MongoDB."""

    def among(self, *, agreement: str | None, sites: frozenset[str] | None) -> list[Budget]:
        found = {each.id: each.state for where in _among(agreement, sites) for each in self.matching(where)}
        budgets = [found[each] for each in sorted(found)]
        return [each for each in budgets if sites is None or sites & {each.sending_site, each.host_site}]


class RateStore(DocumentStore[Rate]):
    """`Rates` on MongoDB."""

    def into(self, to_currency: str, from_currencies: Iterable[str]) -> list[Rate]:
        where = {"to_currency": to_currency, "from_currency": {"$in": list(from_currencies)}}
        return [found.state for found in self.matching(where, order=(("day", 1),))]

    def page(self, *, after: str | None, limit: int) -> list[Rate]:
        where = {"_id": {"$gt": after}} if after else {}
        return [found.state for found in self.matching(where, limit=limit)]


def _among(agreement: str | None, sites: frozenset[str] | None) -> list[dict[str, str]]:
    """An index serves each of these filters; all that is wanted fits one, and of an agreement more than that."""
    if agreement is not None:
        return [{"agreement": agreement}]
    if sites is None:
        return [{}]
    return [{end: site} for site in sorted(sites) for end in ("sending_site", "host_site")]
