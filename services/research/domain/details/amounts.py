"""An amount of money: exact, text on the way in and out, as the exchange has it."""

import re
from collections.abc import Callable
from decimal import Context, Decimal

from services.research.domain.details.unfit import Unfit

LARGEST = Decimal(10) ** 12
"""Amounts lie below it."""
Decimals = Callable[[str], int | None]
"""How many decimals the smallest part of a currency has: 2 for `CNY`. `None`: ISO 4217 has no such currency."""

_WRITTEN = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")


def amount_in(text: str, currency: str, decimals: Decimals) -> str:
    """The amount with exactly the currency's decimals: `12.5` of CNY is `12.50`.

    Raises `Unfit`: `UnknownCurrency`, `NotAnAmount`, `NegativeAmount`, `AmountTooLarge`, `TooManyDecimals`.
    """
    most, match = decimals(currency), _WRITTEN.fullmatch(text)
    if most is None:
        raise Unfit("UnknownCurrency", currency=currency[:10])
    if match is None:
        raise Unfit("NotAnAmount", amount=text[:60])
    if match[1]:
        raise Unfit("NegativeAmount", amount=text)
    if Decimal(text) >= LARGEST:
        raise Unfit("AmountTooLarge", amount=text, most=str(LARGEST - 1))
    if len(match[3] or "") > most:
        raise Unfit("TooManyDecimals", amount=text, currency=currency, decimals=most)
    return format(Decimal(text).quantize(Decimal(1).scaleb(-most), context=Context(prec=100)), "f")
