"""Exact money: decimal amounts of ISO 4217 currencies, never a float, rounded only where a sum is shown.

Rounding rule: sums and conversions are exact; the result alone is rounded, half to even (banker's rounding, ISO 80000-1
annex B, rule A), to the minor unit of its currency.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Clamped, Context, Decimal, Inexact, InvalidOperation, Overflow

from services.exchange.domain.money_refusals import AmountTooLarge, NegativeAmount, NotAnAmount, TooManyDecimals

ZERO = Decimal(0)
LARGEST = Decimal(10) ** 12
"""Amounts lie below it."""

_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation, Overflow, Clamped])
_WRITTEN = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")


@dataclass(frozen=True)
class Currency:
    """An ISO 4217 currency; `minor_units` is how many decimals its smallest part has: 2 for CNY and PKR, 0 for JPY."""

    code: str
    minor_units: int


def written(text: str) -> Decimal:
    """The number that plain digits spell: no sign, no exponent. Raises `NotAnAmount`, `NegativeAmount`."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise NotAnAmount(amount=text[:60])
    if match[1]:
        raise NegativeAmount(amount=text)
    return Decimal(text)


def decimals(number: Decimal) -> int:
    """How many decimals it is written with."""
    return max(0, -int(number.as_tuple().exponent))


def amount_of(text: str, currency: Currency) -> Decimal:
    """An amount of the currency, with exactly its decimals: `12.5` of CNY is 12.50.

    Raises `NotAnAmount`, `NegativeAmount`, `AmountTooLarge`, `TooManyDecimals`.
    """
    amount = written(text)
    if amount >= LARGEST:
        raise AmountTooLarge(amount=text, most=str(LARGEST - 1))
    if decimals(amount) > currency.minor_units:
        raise TooManyDecimals(amount=text, currency=currency.code, decimals=currency.minor_units)
    return amount.quantize(_smallest(currency), context=_EXACT)


def plain(number: Decimal) -> str:
    """Its digits, never an exponent."""
    return format(number, "f")


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Their exact sum."""
    result = ZERO
    for amount in amounts:
        result = _EXACT.add(result, amount)
    return result


def converted(amount: Decimal, rate: Decimal) -> Decimal:
    """The amount in the other currency, exact and not rounded."""
    return _EXACT.multiply(amount, rate)


def rounded(amount: Decimal, currency: Currency) -> Decimal:
    """To the minor unit, half to even."""
    return amount.quantize(_smallest(currency), rounding=ROUND_HALF_EVEN, context=Context(prec=100))


def rounded_together(parts: Sequence[Decimal], currency: Currency) -> list[Decimal]:
    """Each part to the minor unit, so that they add up to their rounded sum: each is off by less than one minor unit.

    Largest remainders (Hamilton's method): every part is rounded down, and the minor units that are then missing
    go to the parts that lost most, the earlier one of equals.
    """
    unit = _smallest(currency)
    floors = [part.quantize(unit, rounding=ROUND_FLOOR, context=Context(prec=100)) for part in parts]
    missing = int(_EXACT.divide(_EXACT.subtract(rounded(total(parts), currency), total(floors)), unit))
    lost = sorted(range(len(parts)), key=lambda place: _EXACT.subtract(floors[place], parts[place]))
    for place in lost[:missing]:
        floors[place] = _EXACT.add(floors[place], unit)
    return floors


def _smallest(currency: Currency) -> Decimal:
    return Decimal(1).scaleb(-currency.minor_units)
