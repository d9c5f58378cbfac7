"""What the visits were to cost and did cost: a row for each line of their budgets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from services.exchange.domain.budget import Line
from services.exchange.domain.rates import Rate, RateTable
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Row, Value
from services.exchange.domain.totals import ACTUAL, BUDGETED, Converted, Entry, Missing, entries, in_currency, shown
from services.exchange.domain.visit import Visit

MONEY = "money"


@dataclass(frozen=True)
class Spending:
    """The rows; the rates by which amounts were converted; and those that nobody has entered."""

    rows: list[Row]
    used: tuple[Rate, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class _Spent:
    visit: Visit
    line: Line
    entries: dict[str, Entry]


def spending(evidence: Evidence) -> Spending:
    """What counts, by the rules of `totals`: a line that counts nothing any more is not among the rows."""
    spent = [
        _Spent(past.state, line, {entry.of: entry for entry in found})
        for past in evidence.counted
        if (budget := evidence.budgets.get(past.id))
        for line in budget.state.standing
        if (found := entries(replace(budget.state, lines=(line,)), past.state))
    ]
    parts = {of: _converted(spent, of, evidence) for of in (BUDGETED, ACTUAL)}
    rows = [_row(each, [parts[of][1][at] for of in (BUDGETED, ACTUAL)]) for at, each in enumerate(spent)]
    made = [part for converted, _ in parts.values() for part in converted if part]
    used = {rate for part in made for rate in part.used}
    missing = {rate for part in made for rate in part.missing}
    return Spending(
        rows,
        tuple(sorted(used, key=lambda rate: (rate.from_currency, rate.day))),
        tuple(sorted(missing, key=lambda rate: (rate.from_currency, rate.not_after))),
    )


def _converted(
    spent: Sequence[_Spent], of: str, evidence: Evidence
) -> tuple[list[Converted | None], list[Decimal | None]]:
    """Each amount in the one currency, exact and as it is shown: what is shown adds up to the rounded whole."""
    currency, amounts = evidence.currency, [each.entries.get(of) for each in spent]
    if currency is None:
        return [None for _ in spent], [None for _ in spent]
    rates = RateTable(evidence.rates)
    exact = [in_currency([entry], of, currency.code, rates) if entry else None for entry in amounts]
    as_shown = iter(shown([part for part in exact if part], currency))
    return exact, [next(as_shown) if part else None for part in exact]


def _row(spent: _Spent, converted: Sequence[Value]) -> Row:
    visit, line = spent.visit, spent.line
    budgeted, actual = (spent.entries.get(of) for of in (BUDGETED, ACTUAL))
    cells: dict[str, Value] = {
        "visit": visit.id,
        "sending": visit.sending_site,
        "host": visit.host_site,
        "line": line.kind,
        "payer": line.payer,
        "currency": line.currency,
        "budgeted": budgeted.amount if budgeted else None,
        "budgeted_day": budgeted.day if budgeted else None,
        "actual": actual.amount if actual else None,
        "actual_day": actual.day if actual else None,
        "budgeted_converted": converted[0],
        "actual_converted": converted[1],
    }
    return Row(MONEY, line.id, cells)
