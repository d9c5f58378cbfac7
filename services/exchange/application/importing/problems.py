"""Whatever is refused of a row, told by its cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application.importing.work import CellRefused
from services.exchange.domain.importing_rows import Problem, Row, shortened


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


def in_order(row: Row, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """As the row's cells stand."""
    places = {row.cell(column): place for place, column in enumerate(row.cells)}
    return tuple(sorted(problems, key=lambda problem: places.get(problem.cell, 0)))


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
