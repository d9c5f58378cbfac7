"""What many lines come to: by any of their sides, in their own currencies always, in one currency by entered rates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.exchange.domain.budget import Budget
from services.exchange.domain.money import Currency, converted, rounded, rounded_together, total
from services.exchange.domain.rates import Rate, RateTable
from services.exchange.domain.visit import CANCELLED, Visit

SIDES = ("visit", "agreement", "year", "payer", "kind")
BUDGETED, ACTUAL = "budgeted", "actual"
_NEVER_WAS = "entered-in-error"
_NOT_TO_BE = frozenset({CANCELLED, "noshow"})


@dataclass(frozen=True)
class Entry:
    """One amount of one line, valued at `day`, with every side that a total may be asked by."""

    of: str
    amount: Decimal
    currency: str
    day: date
    sides: Mapping[str, str | int]


@dataclass(frozen=True)
class Missing:
    """A rate that nobody entered: of this pair, not after this day."""

    from_currency: str
    to_currency: str
    not_after: date


@dataclass(frozen=True)
class Converted:
    """Entries in one currency. `exact` is not rounded; `None` where a rate is missing, never a guess."""

    exact: Decimal | None
    used: frozenset[Rate]
    missing: frozenset[Missing]


def entries(budget: Budget, visit: Visit) -> tuple[Entry, ...]:
    """What a budget counts: a visit that will not take place costs only what was spent, one entered in error nothing.

    The year is the one whose quota the visit counts against: that of its arrival.
    """
    if visit.state == _NEVER_WAS:
        return ()
    found: list[Entry] = []
    for line in budget.standing:
        sides: dict[str, str | int] = {"visit": visit.id, "agreement": visit.agreement, "year": visit.year}
        sides |= {"payer": line.payer, "kind": line.kind}
        if visit.state not in _NOT_TO_BE:
            found.append(Entry(BUDGETED, line.budgeted, line.currency, line.day, sides))
        if line.actual:
            found.append(Entry(ACTUAL, line.actual.amount, line.currency, line.actual.day, sides))
    return tuple(found)


def grouped(found: Iterable[Entry], by: Sequence[str]) -> dict[tuple[str | int, ...], list[Entry]]:
    """The entries by these sides, in the order of the sides' values; all of them in one group where none is named."""
    groups: dict[tuple[str | int, ...], list[Entry]] = {}
    for entry in found:
        groups.setdefault(tuple(entry.sides[side] for side in by), []).append(entry)
    return dict(sorted(groups.items(), key=lambda group: [str(value) for value in group[0]]))


def by_currency(found: Iterable[Entry], of: str) -> dict[str, Decimal]:
    """Exact sums in the original currencies, by code."""
    amounts: dict[str, list[Decimal]] = {}
    for entry in found:
        if entry.of == of:
            amounts.setdefault(entry.currency, []).append(entry.amount)
    return {code: total(amounts[code]) for code in sorted(amounts)}


def in_currency(found: Iterable[Entry], of: str, code: str, rates: RateTable) -> Converted:
    """Their sum in the currency, each entry by the newest rate that is not after its day."""
    amounts, used, missing = [], set[Rate](), set[Missing]()
    for entry in (each for each in found if each.of == of):
        rate = rates.newest(entry.currency, code, entry.day)
        if entry.currency == code:
            amounts.append(entry.amount)
        elif rate is None:
            missing.add(Missing(entry.currency, code, entry.day))
        else:
            amounts.append(converted(entry.amount, rate.rate))
            used.add(rate)
    return Converted(None if missing else total(amounts), frozenset(used), frozenset(missing))


def shown(parts: Sequence[Converted], currency: Currency) -> list[Decimal | None]:
    """What each part is shown as: so that all of them add up to the shown total, unless a rate is missing somewhere."""
    known = [part.exact for part in parts if part.exact is not None]
    if len(known) == len(parts):
        return list(rounded_together(known, currency))
    return [None if part.exact is None else rounded(part.exact, currency) for part in parts]
