"""All rows of an import decided on, one after the other, and everything that stands against them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application.importing import departments, people, sites, visits
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.refusing import FormulaInCell, NamedTwice
from services.exchange.application.importing.sheets import DEPARTMENTS, PEOPLE, SHEETS, SITES, VISITS
from services.exchange.application.importing.work import CellRefused, Work, planned
from services.exchange.domain.importing import UNCHANGED, WRONG, Plan, Planned, Problem, Row, shortened


@dataclass(frozen=True)
class Rows:
    """How the rows of one sheet become documents."""

    key: Callable[[Row], str]
    stands: Callable[[Row, Known, Work], bool]
    plan: Callable[[Row, Known, Work], Planned]
    column_of: Mapping[str, str]


KINDS = {
    SITES.name: Rows(sites.key, sites.stands, sites.plan, sites.COLUMN_OF),
    DEPARTMENTS.name: Rows(departments.key, departments.stands, departments.plan, departments.COLUMN_OF),
    PEOPLE.name: Rows(people.key, people.stands, people.plan, people.COLUMN_OF),
    VISITS.name: Rows(visits.key, visits.stands, visits.plan, visits.COLUMN_OF),
}


def plan_of(rows: Sequence[Row], work: Work) -> Plan:
    """What becomes of each row. Nothing is written: `work` gathers it."""
    decided: list[Planned] = []
    problems: list[Problem] = []
    promised = {people.key(row): f"per_{work.command_id(row.sheet, people.key(row))}" for row in _of(PEOPLE.name, rows)}
    for sheet in SHEETS:
        known = Known(work.sites, work.people, promised)
        first: dict[str, Row] = {}
        for row in _of(sheet, rows):
            one, against = _decided(row, KINDS[sheet], known, work, first)
            decided.append(one)
            problems += against
    return Plan(tuple(decided), tuple(problems))


def _of(sheet: str, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if row.sheet == sheet)


def _decided(row: Row, kind: Rows, known: Known, work: Work, first: dict[str, Row]) -> tuple[Planned, list[Problem]]:
    key = kind.key(row)
    try:
        if row.formulas:
            raise CellRefused(row.formulas[0], FormulaInCell())
        earlier = first.setdefault(key, row)
        if kind.stands(row, known, work) or (earlier is not row and earlier.cells == row.cells):
            return planned(row, key, UNCHANGED), []
        if earlier is not row:
            raise NamedTwice(row=earlier.number)
        return kind.plan(row, known, work), []
    except (Refusal, CellRefused) as refused:
        return planned(row, key, WRONG), list(_problems(row, refused, kind.column_of))


def _problems(row: Row, refused: Refusal | CellRefused, column_of: Mapping[str, str]) -> Iterator[Problem]:
    if isinstance(refused, CellRefused):
        yield _problem(row, refused.column, refused.refusal.name, _said(refused.refusal))
    elif isinstance(refused, InvalidCommand):
        for each in refused.facts["problems"]:
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
