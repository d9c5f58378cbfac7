"""Figures, and the rows that each is made of. A figure is nothing but its rows added up: there is no other way to it.

A figure's code reads like a place: in `B2.3e`, `B2` is the table, `3` its line (`0`: all of them together) and `e` the
column.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.exchange.domain.money import total

Value = str | int | Decimal | date | None
Number = int | Decimal

COUNT, SUM, MEDIAN, DISTINCT = "count", "sum", "median", "distinct"


@dataclass(frozen=True)
class Row:
    """One thing that happened or was promised. `sheet` is its kind, `id` the document's or the line's own."""

    sheet: str
    id: str
    cells: Mapping[str, Value]


def _every(_: Row) -> bool:
    return True


@dataclass(frozen=True)
class Measure:
    """One column of a table: how many rows of the sheet, or of their column the sum, the median or how many values.

    `where` picks rows; those with nothing in the column are left out, unless `needed`: then the figure is not known.
    """

    name: str
    sheet: str
    how: str = COUNT
    column: str = ""
    where: Callable[[Row], bool] = _every
    needed: bool = False

    def takes(self, row: Row) -> bool:
        return row.sheet == self.sheet and self.where(row) and (self._has(row) or self.needed)

    def _has(self, row: Row) -> bool:
        return not self.column or row.cells[self.column] is not None


@dataclass(frozen=True)
class Plan:
    """One table: what its lines are kept apart by, and its columns. `whole`: whether a line tells of all together."""

    code: str
    by: tuple[str, ...]
    measures: tuple[Measure, ...]
    whole: bool = True
    order: Mapping[Value, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """`value` is `None` where it is not known, and where there is nothing of which there could be a median."""

    code: str
    measure: Measure
    value: Number | None


@dataclass(frozen=True)
class Line:
    """`key`: one value for each side that the table is kept apart by; none for all together."""

    code: str
    key: tuple[Value, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    plan: Plan
    lines: tuple[Line, ...]


class Counting:
    """Counts tables of rows, and remembers which row counts in which figure."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._sheets: dict[str, list[Row]] = {}
        for row in rows:
            self._sheets.setdefault(row.sheet, []).append(row)
        self._codes: dict[int, list[str]] = {}

    def table(self, plan: Plan) -> Table:
        """The lines in their order; that of all together comes last."""
        sheets = dict.fromkeys(measure.sheet for measure in plan.measures)
        rows = [row for sheet in sheets for row in self._sheets.get(sheet, ())]
        taken = [row for row in rows if any(measure.takes(row) for measure in plan.measures)]
        keys = sorted({_key(row, plan) for row in taken}, key=lambda key: _place(key, plan))
        lines = [self._line(plan, number, key, taken) for number, key in enumerate(keys, 1)]
        if plan.whole:
            lines.append(self._line(plan, 0, (), taken))
        return Table(plan, tuple(lines))

    def codes(self, row: Row) -> tuple[str, ...]:
        """The figures in which the row counts."""
        return tuple(self._codes.get(id(row), ()))

    def _line(self, plan: Plan, number: int, key: tuple[Value, ...], taken: Iterable[Row]) -> Line:
        code = f"{plan.code}.{number}"
        rows = [row for row in taken if not key or _key(row, plan) == key]
        letters = "abcdefghijklmnopqrstuvwxyz"
        figures = (self._figure(code + letters[at], each, rows) for at, each in enumerate(plan.measures))
        return Line(code, key, tuple(figures))

    def _figure(self, code: str, measure: Measure, rows: Iterable[Row]) -> Figure:
        counted = [row for row in rows if measure.takes(row)]
        for row in counted:
            self._codes.setdefault(id(row), []).append(code)
        return Figure(code, measure, _value(measure, counted))


def _key(row: Row, plan: Plan) -> tuple[Value, ...]:
    return tuple(row.cells[side] for side in plan.by)


def _place(key: tuple[Value, ...], plan: Plan) -> list[tuple[int, str]]:
    return [(plan.order.get(value, value if isinstance(value, int) else 0), str(value)) for value in key]


def _value(measure: Measure, counted: Sequence[Row]) -> Number | None:
    if measure.how == COUNT:
        return len(counted)
    if measure.how == DISTINCT:
        return len({row.cells[measure.column] for row in counted})
    numbers = [value for row in counted if isinstance(value := row.cells[measure.column], int | Decimal)]
    if len(numbers) < len(counted):
        return None
    return _sum(numbers) if measure.how == SUM else _median(numbers)


def _sum(numbers: Sequence[Number]) -> Number:
    if any(isinstance(number, Decimal) for number in numbers):
        return total(Decimal(number) for number in numbers)
    return sum(int(number) for number in numbers)


def _median(numbers: Sequence[Number]) -> Number | None:
    """The middle one, or halfway between the two in the middle; exact."""
    if not numbers:
        return None
    ordered = sorted(Fraction(number) for number in numbers)
    half, odd = divmod(len(ordered), 2)
    middle = ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2
    return int(middle) if middle.denominator == 1 else Decimal(middle.numerator) / Decimal(middle.denominator)
