"""Currencies, from the maintainers' own list of ISO 4217 (decision record 14)."""

import iso4217


class IsoCurrencies:
    """`Currencies` of ISO 4217, list one: those in use. Codes without a minor unit (gold, tests) are none."""

    def decimals(self, code: str) -> int | None:
        try:
            return iso4217.Currency(code).exponent
        except ValueError:
            return None
