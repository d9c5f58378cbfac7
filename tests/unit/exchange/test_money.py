"""Amounts: exact, of a real currency, rounded at the end alone, and refused by name where they are none."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from services.exchange.adapters.currencies import IsoCurrencies
from services.exchange.domain import money, rates
from services.exchange.domain.money import Currency, amount_of, converted, rounded, rounded_together, total
from services.exchange.domain.money_refusals import (
    AmountTooLarge,
    NegativeAmount,
    NotAnAmount,
    RateNotPositive,
    RateTooPrecise,
    TooManyDecimals,
    UnknownCurrency,
)

CNY, JPY, KWD = Currency("CNY", 2), Currency("JPY", 0), Currency("KWD", 3)
CURRENCIES = st.sampled_from([CNY, JPY, KWD, Currency("CLF", 4)])
EXACT = st.decimals(min_value=0, max_value=money.LARGEST, places=9, allow_nan=False, allow_infinity=False)
AMOUNTS = st.decimals(min_value=0, max_value=money.LARGEST - 1, places=4, allow_nan=False, allow_infinity=False)
RATES = st.decimals(min_value="0.000000000001", max_value=money.LARGEST - 1, places=rates.MOST_DECIMALS)


@pytest.mark.parametrize(
    "text",
    ["NaN", "sNaN", "Infinity", "-Infinity", "1e3", "1E-2", "+5", "", " 5", "5 ", "1,000", "1_000", ".5", "5.", "0x10",
     "٥", "五", "5\n", "--5", "1.2.3", "CNY 5", "9" * 41],
)  # fmt: skip
def test_what_is_not_plainly_digits_is_no_amount(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        amount_of(text, CNY)
    assert refused.value.facts == {"amount": text}


@pytest.mark.parametrize(
    ("text", "currency", "refusal", "facts"),
    [
        ("-0.01", CNY, NegativeAmount, {"amount": "-0.01"}),
        ("1.001", CNY, TooManyDecimals, {"amount": "1.001", "currency": "CNY", "decimals": 2}),
        ("1.0", JPY, TooManyDecimals, {"amount": "1.0", "currency": "JPY", "decimals": 0}),
        ("1.0001", KWD, TooManyDecimals, {"amount": "1.0001", "currency": "KWD", "decimals": 3}),
        ("1000000000000", CNY, AmountTooLarge, {"amount": "1000000000000", "most": "999999999999"}),
    ],
)
def test_an_impossible_amount_is_refused_with_the_facts(
    text: str, currency: Currency, refusal: type[Refusal], facts: dict[str, object]
) -> None:
    with pytest.raises(refusal) as refused:
        amount_of(text, currency)
    assert refused.value.facts == facts


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("12.5", CNY, "12.50"), ("007", CNY, "7.00"), ("0", JPY, "0"), ("999999999999.999", KWD, "999999999999.999")],
)
def test_an_amount_has_exactly_its_currencys_decimals(text: str, currency: Currency, amount: str) -> None:
    assert str(amount_of(text, currency)) == amount


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("0", RateNotPositive),
        ("0.000", RateNotPositive),
        ("-1", NegativeAmount),
        ("inf", NotAnAmount),
        ("0." + "1" * 13, RateTooPrecise),
        ("1000000000000", AmountTooLarge),
    ],
)
def test_an_impossible_rate_is_refused(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rates.rate_of(text)


@pytest.mark.parametrize(("code", "minor_units"), [("CNY", 2), ("PKR", 2), ("AFN", 2), ("JPY", 0), ("KWD", 3)])
def test_minor_units_are_those_of_the_standard(code: str, minor_units: int) -> None:
    assert IsoCurrencies().named(code) == Currency(code, minor_units)


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "DEM", "cny", "RMB", "", "C", "CNYY", "人民币"])
def test_what_nobody_can_pay_in_is_no_currency(code: str) -> None:
    with pytest.raises(UnknownCurrency) as refused:
        IsoCurrencies().named(code)
    assert refused.value.facts == {"currency": code}


@pytest.mark.parametrize(
    ("exact", "currency", "wanted"),
    [
        ("0.005", CNY, "0.00"),
        ("0.015", CNY, "0.02"),
        ("0.025", CNY, "0.02"),
        ("0.0250000001", CNY, "0.03"),
        ("2.5", JPY, "2"),
        ("3.5", JPY, "4"),
    ],
)
def test_halves_go_to_the_even_neighbour(exact: str, currency: Currency, wanted: str) -> None:
    assert str(rounded(Decimal(exact), currency)) == wanted


@examples(AMOUNTS, RATES)
def test_a_conversion_loses_nothing(amount: Decimal, rate: Decimal) -> None:
    assert Fraction(converted(amount, rate)) == Fraction(amount) * Fraction(rate)


@examples(st.lists(st.tuples(AMOUNTS, RATES), max_size=40))
def test_a_sum_loses_nothing_whatever_the_order(pairs: list[tuple[Decimal, Decimal]]) -> None:
    products = [converted(amount, rate) for amount, rate in pairs]
    assert Fraction(total(products)) == sum((Fraction(each) for each in products), Fraction())
    assert total(products) == total(reversed(products))


@examples(st.lists(EXACT, max_size=60), CURRENCIES)
def test_parts_that_are_shown_add_up_to_the_total_that_is_shown(parts: list[Decimal], currency: Currency) -> None:
    unit = Decimal(1).scaleb(-currency.minor_units)
    shown = rounded_together(parts, currency)
    assert total(shown) == rounded(total(parts), currency)
    assert all(abs(Fraction(each) - Fraction(part)) < Fraction(unit) for each, part in zip(shown, parts, strict=True))
    assert all(each >= 0 and each == rounded(each, currency) for each in shown)


def test_parts_rounded_one_by_one_would_not_add_up() -> None:
    """The guard taken out: three thirds of a yuan, each rounded alone, are a fen short."""
    parts = [Decimal("0.333333333")] * 3
    assert total(rounded(part, CNY) for part in parts) == Decimal("0.99")
    assert rounded_together(parts, CNY) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]


def test_the_usual_precision_of_decimals_would_lose_something() -> None:
    """The guard taken out: 28 digits, as decimals have by themselves, do not hold the largest product."""
    amount, rate = money.LARGEST - Decimal("0.0001"), money.LARGEST - Decimal("0.000000000001")
    assert Fraction(amount * rate) != Fraction(amount) * Fraction(rate)
    assert Fraction(converted(amount, rate)) == Fraction(amount) * Fraction(rate)
