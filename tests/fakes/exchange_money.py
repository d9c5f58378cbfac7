"""Budgets and rates in memory, and the few currencies that tests pay in."""

from collections.abc import Iterable

from services.exchange.domain.budget import Budget
from services.exchange.domain.money import Currency
from services.exchange.domain.money_refusals import UnknownCurrency
from services.exchange.domain.rates import Rate
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory

MINOR_UNITS = {"CNY": 2, "PKR": 2, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4}


class FakeBudgets(InMemoryDocuments[Budget]):
    """`Budgets` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "budget", lambda _: "kept")

    def among(self, *, agreement: str | None, sites: frozenset[str] | None) -> list[Budget]:
        budgets = [self.load(each).state for each in sorted(self.kept)]
        return [
            budget
            for budget in budgets
            if agreement in (None, budget.agreement)
            and (sites is None or sites & {budget.sending_site, budget.host_site})
        ]


class FakeRates(InMemoryDocuments[Rate]):
    """`Rates` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "rate", lambda _: "kept")

    def into(self, to_currency: str, from_currencies: Iterable[str]) -> list[Rate]:
        wanted = set(from_currencies)
        found = [rate for rate in self.page(after=None, limit=len(self.kept)) if rate.to_currency == to_currency]
        return sorted((rate for rate in found if rate.from_currency in wanted), key=lambda rate: rate.day)

    def page(self, *, after: str | None, limit: int) -> list[Rate]:
        return [self.load(each).state for each in sorted(self.kept) if after is None or each > after][:limit]


class FakeCurrencies:
    """`Currencies`, a handful."""

    def named(self, code: str) -> Currency:
        if code not in MINOR_UNITS:
            raise UnknownCurrency(currency=code)
        return Currency(code, MINOR_UNITS[code])
