"""Money as answers show it: every amount is text, exact to its last digit."""

from collections.abc import Sequence
from decimal import Decimal

from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.budget import Budget, Line
from services.exchange.domain.money import Currency, plain
from services.exchange.domain.rates import Rate, RateTable
from services.exchange.domain.totals import (
    ACTUAL,
    BUDGETED,
    Converted,
    Entry,
    Missing,
    by_currency,
    grouped,
    in_currency,
    shown,
)

Groups = dict[tuple[str | int, ...], list[Entry]]


def rate_view(rate: Rate) -> View:
    """`{id, from, to, rate, day, source}`."""
    pair = {"from": rate.from_currency, "to": rate.to_currency}
    return {"id": rate.id, **pair, "rate": plain(rate.rate), "day": text_of(rate.day), "source": rate.source}


def budget_lines(budget: Budget) -> View:
    """`{lines, removed}`."""
    return {
        "lines": [_line(line) for line in budget.standing],
        "removed": [_line(line) | {"reason": line.removed} for line in budget.lines if line.removed],
    }


def totals_view(found: Sequence[Entry], by: Sequence[str], currency: Currency | None, rates: RateTable) -> View:
    """`{total, by, parts, currency, rates, missing}`: the parts that are shown add up to the total that is shown."""
    groups = grouped(found, by) if by else {}
    answer: View = {
        "total": _original(found),
        "by": list(by),
        "parts": [dict(zip(by, key, strict=True)) | _original(groups[key]) for key in groups],
        "currency": currency.code if currency else None,
        "rates": [],
        "missing": [],
    }
    if currency:
        _convert(answer, found, groups, currency, rates)
    return answer


def _convert(answer: View, found: Sequence[Entry], groups: Groups, currency: Currency, rates: RateTable) -> None:
    used: set[Rate] = set()
    missing: set[Missing] = set()
    for of in (BUDGETED, ACTUAL):
        whole = in_currency(found, of, currency.code, rates)
        parts = [in_currency(group, of, currency.code, rates) for group in groups.values()]
        answer["total"]["converted"][of] = _converted(whole, shown([whole], currency)[0])
        for view, part, amount in zip(answer["parts"], parts, shown(parts, currency), strict=True):
            view["converted"][of] = _converted(part, amount)
        used |= whole.used
        missing |= whole.missing
    answer["rates"] = [rate_view(rate) for rate in sorted(used, key=lambda each: (each.from_currency, each.day))]
    answer["missing"] = [
        {"from": each.from_currency, "to": each.to_currency, "not_after": text_of(each.not_after)}
        for each in sorted(missing, key=lambda each: (each.from_currency, each.not_after))
    ]


def _converted(part: Converted, amount: Decimal | None) -> View:
    """`{amount, exact}`: rounded and not; both null where a rate is missing."""
    return {
        "amount": None if amount is None else plain(amount),
        "exact": None if part.exact is None else plain(part.exact),
    }


def _original(found: Sequence[Entry]) -> View:
    """`{budgeted, actual, converted}`: the first two by currency, exact; the last is filled where one is asked for."""
    sums = {of: {code: plain(amount) for code, amount in by_currency(found, of).items()} for of in (BUDGETED, ACTUAL)}
    return sums | {"converted": {}}


def _line(line: Line) -> View:
    actual = line.actual
    return {
        "id": line.id,
        "kind": line.kind,
        "payer": line.payer,
        "proposed_payer": line.proposed,
        "payer_reason": line.payer_reason,
        "currency": line.currency,
        "budgeted": plain(line.budgeted),
        "day": text_of(line.day),
        "actual": {"amount": plain(actual.amount), "day": text_of(actual.day)} if actual else None,
        "note": line.note,
    }
