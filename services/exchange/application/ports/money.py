"""Where budgets and rates are kept, and which currencies there are."""

from collections.abc import Iterable
from typing import Protocol

from chassis.kernel.documents import Documents
from services.exchange.domain.budget import Budget
from services.exchange.domain.money import Currency
from services.exchange.domain.rates import Rate


class Budgets(Documents[Budget], Protocol):
    """Every visit's budget."""

    def among(self, *, agreement: str | None, sites: frozenset[str] | None) -> list[Budget]:
        """By id: those of the agreement, of which one end is among the sites; `None` asks for any."""
        ...


class Rates(Documents[Rate], Protocol):
    """Every rate that was entered."""

    def into(self, to_currency: str, from_currencies: Iterable[str]) -> list[Rate]:
        """All rates from these currencies into that one, oldest day first."""
        ...

    def page(self, *, after: str | None, limit: int) -> list[Rate]:
        """Rates by id, from behind the rate `after`."""
        ...


class Currencies(Protocol):
    """ISO 4217."""

    def named(self, code: str) -> Currency:
        """Raises `UnknownCurrency`."""
        ...
