"""Exchange rates: entered by people, each for one day, with its source. Nothing is converted without one."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.exchange.domain.money import LARGEST, decimals, plain, written
from services.exchange.domain.money_refusals import (
    AmountTooLarge,
    CorrectionNeedsReason,
    RateNotPositive,
    RateTooPrecise,
    SameCurrency,
)

MOST_DECIMALS = 12


@dataclass(frozen=True)
class Rate:
    """One unit of `from_currency` is `rate` units of `to_currency`, from `day` on until a newer one."""

    id: str
    from_currency: str
    to_currency: str
    rate: Decimal
    day: date
    source: str


def rate_id(from_currency: str, to_currency: str, day: date) -> str:
    """A pair has one rate a day: its id is made of both and the day, so that the database keeps no second."""
    return document_id("rat", derived("rate", from_currency, to_currency, day.isoformat()))


def rate_of(text: str) -> Decimal:
    """Raises `NotAnAmount`, `NegativeAmount`, `RateNotPositive`, `RateTooPrecise`, `AmountTooLarge`."""
    rate = written(text)
    if not rate:
        raise RateNotPositive(rate=text)
    if decimals(rate) > MOST_DECIMALS:
        raise RateTooPrecise(rate=text, decimals=MOST_DECIMALS)
    if rate >= LARGEST:
        raise AmountTooLarge(amount=text, most=str(LARGEST - 1))
    return rate


def enter(rate: Rate) -> Decision[Rate]:
    """A rate for a day that had none. Raises `SameCurrency`."""
    if rate.from_currency == rate.to_currency:
        raise SameCurrency(currency=rate.from_currency)
    return Decision(rate, what="entered", why=rate.source)


def correct(rate: Rate, *, corrected: Decimal, source: str, reason: str) -> Decision[Rate]:
    """Another figure for the same pair and day; the history keeps the one before. Raises `CorrectionNeedsReason`."""
    if not reason:
        raise CorrectionNeedsReason(of="rate", stands=plain(rate.rate))
    what = f"corrected from {plain(rate.rate)} ({rate.source}) to {plain(corrected)}"
    return Decision(replace(rate, rate=corrected, source=source), what=what, why=reason)


class RateTable:
    """Rates to look up. Neither turned round nor chained: what nobody entered is not there."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._pairs: dict[tuple[str, str], list[Rate]] = {}
        for rate in sorted(rates, key=lambda rate: rate.day):
            self._pairs.setdefault((rate.from_currency, rate.to_currency), []).append(rate)

    def newest(self, from_currency: str, to_currency: str, not_after: date) -> Rate | None:
        """The rate that holds on the day: the newest of the pair that is not after it."""
        rates = self._pairs.get((from_currency, to_currency), [])
        place = bisect_right(rates, not_after, key=lambda rate: rate.day)
        return rates[place - 1] if place else None
