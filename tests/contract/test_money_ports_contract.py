"""What money needs of its shelves, and of the list of currencies: in memory and for real alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chassis.store import database_at
from services.exchange.adapters.currencies import IsoCurrencies
from services.exchange.adapters.money_store import BudgetStore, RateStore
from services.exchange.adapters.shapes import BUDGET_SHAPE, RATE_SHAPE
from services.exchange.application.ports.money import Budgets, Currencies, Rates
from services.exchange.domain.budget import Actual, Budget, Line
from services.exchange.domain.money import plain
from services.exchange.domain.money_refusals import UnknownCurrency
from services.exchange.domain.rates import Rate, rate_id
from tests.alliance import EXCHANGE_ALONE
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.exchange_money import MINOR_UNITS, FakeBudgets, FakeCurrencies, FakeRates
from tests.fakes.memory import Memory

DAY = date(2026, 4, 6)


@dataclass(frozen=True)
class Shelves:
    budgets: Budgets
    rates: Rates


def in_the_database(request: pytest.FixtureRequest) -> Shelves:
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    database = database_at(installation.mongo_url("exchange"))
    return Shelves(BudgetStore(database["budgets"], BUDGET_SHAPE), RateStore(database["rates"], RATE_SHAPE))


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    memory = Memory()
    return Shelves(FakeBudgets(memory), FakeRates(memory)) if request.param == "in memory" else in_the_database(request)


def budget(number: int, agreement: str = "agr_1", sending: str = "sit_a", host: str = "sit_b", *lines: Line) -> Budget:
    return Budget(f"bud_{number}", f"vis_{number}", agreement, sending, host, lines)


def rate(day: int, pair: tuple[str, str] = ("PKR", "CNY"), figure: str = "0.0256") -> Rate:
    on = date(2026, 4, day)
    return Rate(rate_id(*pair, on), *pair, Decimal(figure), on, "State Bank")


@pytest.mark.parametrize(
    "amount",
    ["0.10", "0.1", "100.00", "999999999999.999", "0.000000000001", "9007199254740993", "0.30000000000000004"],
)
def test_what_is_kept_comes_back_to_its_last_digit(shelves: Shelves, amount: str) -> None:
    line = Line("mln_1", "stay", "host-site", "host-site", "CNY", Decimal(amount), DAY, Actual(Decimal(amount), DAY))
    keep(shelves.budgets, budget(1, "agr_1", "sit_a", "sit_b", line))
    keep(shelves.rates, rate(1, figure=amount))
    kept = shelves.budgets.load("bud_1").state.lines[0]
    assert kept == line
    assert kept.actual
    assert [plain(kept.budgeted), plain(kept.actual.amount)] == [amount, amount]
    assert [plain(each.rate) for each in shelves.rates.into("CNY", ["PKR"])] == [amount]


@pytest.mark.parametrize(
    ("agreement", "sites", "found"),
    [
        (None, None, ["bud_1", "bud_2", "bud_3"]),
        ("agr_1", None, ["bud_1", "bud_2"]),
        (None, frozenset({"sit_b"}), ["bud_1", "bud_3"]),
        (None, frozenset({"sit_a", "sit_c"}), ["bud_1", "bud_2", "bud_3"]),
        ("agr_1", frozenset({"sit_b"}), ["bud_1"]),
        (None, frozenset(), []),
        ("agr_9", None, []),
    ],
)
def test_budgets_are_found_by_agreement_and_by_either_end(
    shelves: Shelves, agreement: str | None, sites: frozenset[str] | None, found: list[str]
) -> None:
    for each in (budget(3, "agr_2", "sit_b", "sit_c"), budget(2, host="sit_c"), budget(1)):
        keep(shelves.budgets, each)
    assert [each.id for each in shelves.budgets.among(agreement=agreement, sites=sites)] == found


def test_rates_into_one_currency_are_told_by_day(shelves: Shelves) -> None:
    for each in (rate(3), rate(1), rate(2, ("USD", "CNY")), rate(2, ("CNY", "PKR")), rate(2, ("USD", "PKR"))):
        keep(shelves.rates, each)
    assert shelves.rates.into("CNY", ["PKR", "USD"]) == [rate(1), rate(2, ("USD", "CNY")), rate(3)]
    assert shelves.rates.into("CNY", ["USD"]) == [rate(2, ("USD", "CNY"))]
    assert shelves.rates.into("CNY", []) == shelves.rates.into("JPY", ["PKR"]) == []


def test_rates_are_listed_page_by_page(shelves: Shelves) -> None:
    ids = sorted(keep(shelves.rates, rate(day)).id for day in range(1, 6))
    page: Callable[..., Any] = shelves.rates.page
    assert [each.id for each in page(after=None, limit=2)] == ids[:2]
    assert [each.id for each in page(after=ids[1], limit=9)] == ids[2:]


@pytest.mark.parametrize("currencies", [FakeCurrencies(), IsoCurrencies()], ids=["in memory", "of the standard"])
def test_a_currency_is_known_by_its_code_with_its_minor_units(currencies: Currencies) -> None:
    assert {code: currencies.named(code).minor_units for code in MINOR_UNITS} == MINOR_UNITS
    with pytest.raises(UnknownCurrency):
        currencies.named("XXX")
