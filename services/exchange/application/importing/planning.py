"""All rows of an import decided on, one after the other, and everything that stands against them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from services.exchange.application.importing import departments, people, sites, visits
from services.exchange.application.importing.agreements import decided_agreements
from services.exchange.application.importing.deciding import Rows, decided
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.sheets import AGREEMENTS, DEPARTMENTS, PEOPLE, SHEETS, SITES, VISITS
from services.exchange.application.importing.work import Decided, Work
from services.exchange.domain.importing_rows import Plan, Row


def plan_of(rows: Sequence[Row], work: Work) -> Plan:
    """What becomes of each row. Nothing is written: `work` gathers it."""
    found: list[Decided] = []
    for sheet in SHEETS:
        known = Known(work.sites, work.people, _promised(rows, work))
        found += KINDS[sheet]([row for row in rows if row.sheet == sheet], known, work)
    return Plan(tuple(each.planned for each in found), tuple(problem for each in found for problem in each.problems))


def _promised(rows: Sequence[Row], work: Work) -> dict[str, str]:
    """Ids of the people that the file brings, by e-mail."""
    theirs = [row for row in rows if row.sheet == PEOPLE.name]
    return {people.key(row): f"per_{work.command_id(row.sheet, people.key(row))}" for row in theirs}


def _one_by_one(kind: Rows, rows: Sequence[Row], known: Known, work: Work) -> list[Decided]:
    first: dict[str, Row] = {}
    return [decided(row, kind, known, work, first) for row in rows]


KINDS: Mapping[str, Callable[[Sequence[Row], Known, Work], list[Decided]]] = {
    SITES.name: partial(_one_by_one, sites.ROWS),
    DEPARTMENTS.name: partial(_one_by_one, departments.ROWS),
    PEOPLE.name: partial(_one_by_one, people.ROWS),
    AGREEMENTS.name: decided_agreements,
    VISITS.name: partial(_one_by_one, visits.ROWS),
}
"""Sheet -> how its rows are decided on."""
