"""What one currency is worth in another, on one day."""

from dataclasses import replace

from chassis.commands import Command, Day, Line, Paragraph, Version
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import StaleVersion, Unknown
from services.exchange.application.commands.money_fields import AmountText, CurrencyCode
from services.exchange.application.ports.money import Currencies, Rates
from services.exchange.domain.money import plain
from services.exchange.domain.money_refusals import RateEntered
from services.exchange.domain.permissions.money import may_enter_rate
from services.exchange.domain.rates import Rate, correct, enter, rate_id, rate_of


class EnterRate(Command):
    """One unit of `from_currency` is `rate` units of `to_currency`, from `day` on, says `source`.

    A pair has one rate a day: to correct it, name the version that was seen, and a reason.
    """

    from_currency: CurrencyCode
    to_currency: CurrencyCode
    rate: AmountText
    day: Day
    source: Line
    expected_version: Version | None = None
    reason: Paragraph = ""


def enter_rate(command: EnterRate, context: Context, rates: Rates, currencies: Currencies) -> Receipt:
    """Keeps the rate, or corrects the one of that day."""
    may_enter_rate(context.actor)
    seen = replace(context, expected_version=command.expected_version)
    new = _rate(command, currencies)
    standing = _standing(rates, new.id, seen)
    if standing is None:
        return rates.add(new.id, enter(new), context)
    return standing.answered(seen) or rates.save(standing, _correction(standing, new, command), context)


def _rate(command: EnterRate, currencies: Currencies) -> Rate:
    pair = currencies.named(command.from_currency).code, currencies.named(command.to_currency).code
    return Rate(rate_id(*pair, command.day), *pair, rate_of(command.rate), command.day, command.source)


def _standing(rates: Rates, rate: str, context: Context) -> Loaded[Rate] | None:
    try:
        return rates.load(rate)
    except Unknown:
        if context.expected_version is not None:
            raise StaleVersion(id=rate, expected=context.expected_version, actual=0) from None
        return None


def _correction(standing: Loaded[Rate], new: Rate, command: EnterRate) -> Decision[Rate]:
    if command.expected_version is None:
        raise RateEntered(rate_id=new.id, rate=plain(standing.state.rate), version=standing.version)
    return correct(standing.state, corrected=new.rate, source=new.source, reason=command.reason)
