"""Currencies, from the maintainers' own list of ISO 4217."""

import iso4217

from services.exchange.domain.money import Currency
from services.exchange.domain.money_refusals import UnknownCurrency


class IsoCurrencies:
    """`Currencies` of ISO 4217, list one: those in use. Codes without a minor unit (gold, tests) are none."""

    def named(self, code: str) -> Currency:
        try:
            minor_units = iso4217.Currency(code).exponent
        except ValueError:
            minor_units = None
        if minor_units is None:
            raise UnknownCurrency(currency=code)
        return Currency(code, minor_units)
