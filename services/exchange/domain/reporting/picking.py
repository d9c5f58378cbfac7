"""Which rows a figure counts, by one of their columns."""

from collections.abc import Callable

from services.exchange.domain.reporting.figures import Row, Value

Picks = Callable[[Row], bool]


def whose(column: str, *values: Value) -> Picks:
    """Those with one of these values."""
    return lambda row: row.cells[column] in values


def flagged(flag: str) -> Picks:
    """Those with the flag among theirs."""
    return lambda row: flag in str(row.cells["flags"]).split()


def some(column: str) -> Picks:
    """Those in which it is more than nothing."""
    return lambda row: bool(row.cells[column])


def known(column: str) -> Picks:
    """Those in which it is anything at all."""
    return lambda row: row.cells[column] is not None
