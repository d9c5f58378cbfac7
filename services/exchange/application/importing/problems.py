"""Whatever is refused of a row, told by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application.importing.cells import must_be_visible
from services.exchange.application.importing.refusing import FormulaInCell
from services.exchange.application.importing.sheets import SHEETS
from services.exchange.application.importing.work import CellRefused, in_column
from services.exchange.domain.importing_rows import Problem, Row, shortened


def must_say(row: Row) -> None:
    """Raises `CellRefused`, of `FormulaInCell`, where a cell computes instead of saying something."""
    if row.formulas:
        raise CellRefused(row.formulas[0], FormulaInCell())


def must_be_readable(row: Row) -> None:
    """Raises `CellRefused`, of `InvisibleCharacter`, for cells that are no prose."""
    for column, cell in row.cells.items():
        if column not in SHEETS[row.sheet].prose:
            with in_column(column):
                must_be_visible(cell)


class Against:
    """What stands against some rows, found one after the other."""

    def __init__(self, column_of: Mapping[str, str]) -> None:
        self._column_of = column_of
        self._found: dict[int, list[Problem]] = {}

    @contextmanager
    def row(self, row: Row) -> Iterator[None]:
        """Whatever is refused within is put down to the row, and goes no further."""
        try:
            yield
        except (Refusal, CellRefused) as refused:
            self._found.setdefault(row.number, []).extend(problems_of(row, refused, self._column_of))

    def of(self, row: Row) -> tuple[Problem, ...]:
        return tuple(self._found.get(row.number, ()))

    def __bool__(self) -> bool:
        return bool(self._found)


def innermost(problems: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Without those of a whole that are there because one of its parts has one: no item of a list is left, then."""
    fields = [each["field"] for each in problems]
    return [each for each in problems if not any(field.startswith(f"{each['field']}.") for field in fields)]


def problems_of(row: Row, refused: Refusal | CellRefused, column_of: Mapping[str, str]) -> Iterator[Problem]:
    """One for each cell. `column_of`: refusal or field -> column, where they are called differently."""
    if isinstance(refused, CellRefused):
        yield _problem(row, refused.column, refused.refusal.name, _said(refused.refusal))
    elif isinstance(refused, InvalidCommand):
        for each in innermost(refused.facts["problems"]):
            yield _problem(row, _column(row, each["field"], column_of), refused.name, each["problem"])
    else:
        yield _problem(row, column_of.get(refused.name, next(iter(row.cells))), refused.name, _said(refused))


def _column(row: Row, field: str, column_of: Mapping[str, str]) -> str:
    """The column of a command's field, such as `names.en` or `sites.0`."""
    whole = field.split(".", maxsplit=1)[0]
    named = next(
        (column_of[name] for name in (field, ".".join(field.split(".")[:2]), whole) if name in column_of), whole
    )
    return named if named in row.places else next(iter(row.cells))


def _problem(row: Row, column: str, name: str, reason: str) -> Problem:
    return Problem(row.cell(column), shortened(row.cells.get(column, "")), name, reason)


def _said(refusal: Refusal) -> str:
    """What led to it, in words: `zone: Mars`."""
    return "; ".join(f"{fact}: {shortened(str(value))}" for fact, value in refusal.facts.items()) or refusal.name
