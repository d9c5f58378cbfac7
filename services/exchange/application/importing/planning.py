"""All rows of an import decided on, one after the other, and everything that stands against them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from chassis.kernel.errors import Refusal
from services.exchange.application.importing import departments, people, sites, visits
from services.exchange.application.importing.agreements import decided_agreements
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.problems import must_be_readable, must_say, problems_of
from services.exchange.application.importing.refusing import NamedTwice
from services.exchange.application.importing.sheets import AGREEMENTS, DEPARTMENTS, PEOPLE, SHEETS, SITES, VISITS
from services.exchange.application.importing.work import CellRefused, Decided, Work, planned
from services.exchange.domain.importing_rows import UNCHANGED, WRONG, Plan, Planned, Row


@dataclass(frozen=True)
class Rows:
    """How each row of one sheet becomes a document."""

    key: Callable[[Row, Known], str]
    stands: Callable[[Row, Known, Work], bool]
    plan: Callable[[Row, str, Known, Work], Planned]
    column_of: Mapping[str, str]


def plan_of(rows: Sequence[Row], work: Work) -> Plan:
    """What becomes of each row. Nothing is written: `work` gathers it."""
    decided: list[Decided] = []
    for sheet in SHEETS:
        known = Known(work.sites, work.people, _promised(rows, work))
        decided += KINDS[sheet]([row for row in rows if row.sheet == sheet], known, work)
    return Plan(
        tuple(each.planned for each in decided), tuple(problem for each in decided for problem in each.problems)
    )


def _promised(rows: Sequence[Row], work: Work) -> dict[str, str]:
    """Ids of the people that the file brings, by e-mail."""
    theirs = [row for row in rows if row.sheet == PEOPLE.name]
    return {people.key(row): f"per_{work.command_id(row.sheet, people.key(row))}" for row in theirs}


def _one_by_one(kind: Rows, rows: Sequence[Row], known: Known, work: Work) -> list[Decided]:
    first: dict[str, Row] = {}
    return [_decided(row, kind, known, work, first) for row in rows]


def _decided(row: Row, kind: Rows, known: Known, work: Work, first: dict[str, Row]) -> Decided:
    key = kind.key(row, known)
    try:
        must_say(row)
        earlier = first.setdefault(key, row)
        if kind.stands(row, known, work) or (earlier is not row and earlier.cells == row.cells):
            return Decided(planned(row, key, UNCHANGED))
        if earlier is not row:
            raise NamedTwice(row=earlier.number)
        must_be_readable(row)
        return Decided(kind.plan(row, key, known, work))
    except (Refusal, CellRefused) as refused:
        return Decided(planned(row, key, WRONG), tuple(problems_of(row, refused, kind.column_of)))


KINDS: Mapping[str, Callable[[Sequence[Row], Known, Work], list[Decided]]] = {
    SITES.name: partial(_one_by_one, Rows(sites.key, sites.stands, sites.plan, sites.COLUMN_OF)),
    DEPARTMENTS.name: partial(
        _one_by_one, Rows(departments.key, departments.stands, departments.plan, departments.COLUMN_OF)
    ),
    PEOPLE.name: partial(_one_by_one, Rows(people.key, people.stands, people.plan, people.COLUMN_OF)),
    AGREEMENTS.name: decided_agreements,
    VISITS.name: partial(_one_by_one, Rows(visits.key, visits.stands, visits.plan, visits.COLUMN_OF)),
}
"""Sheet -> how its rows are decided on."""
