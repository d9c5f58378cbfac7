"""An import: rows of a file that are checked whole, shown, confirmed, and then become documents all at once or not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.exchange.domain.importing_refusals import NothingToImport
from services.exchange.domain.refusals import WrongState

CHECKING, READY, REFUSED = "checking", "ready", "refused"
APPLYING, APPLIED, CANCELLED = "applying", "applied", "cancelled"
NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"

CHECK, APPLY = "check", "apply"
"""Names of the timers that a worker does the work on."""
MOST_PROBLEMS = 500
"""So many are kept of those found; all are counted."""
_SHOWN = 60


@dataclass(frozen=True)
class Row:
    """One row of a sheet: `number` as the file counts it, `cells` by column, `places` the letter of each column.

    `formulas` are the columns whose cell computes instead of saying something; their text is the formula's.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, str]
    formulas: tuple[str, ...] = ()

    def cell(self, column: str) -> str:
        """Where a column's cell is, such as `People!C7`; of a column that the sheet lacks, the row."""
        return f"{self.sheet}!{self.places.get(column, '')}{self.number}"


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be imported: the cell, its value shortened, the refusal's name and what it says."""

    cell: str
    value: str
    name: str
    reason: str


@dataclass(frozen=True)
class Planned:
    """What becomes of one row.

    Of a change, `what` names the columns that differ and `seen` is the version that it was decided on: a document that
    somebody else has changed meanwhile makes it another plan.
    """

    sheet: str
    row: int
    key: str
    action: str
    what: tuple[str, ...] = ()
    seen: int | None = None


@dataclass(frozen=True)
class Importer:
    """On whose behalf the rows are written, with what they were when they asked."""

    person: str | None
    roles: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What becomes of each row, and everything that stands against it."""

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Import:
    """`asked_at`: when the step that a worker is to do was asked for. The rows themselves stand elsewhere."""

    id: str
    state: str
    file: str
    rows: int
    importer: Importer
    asked_at: datetime
    planned: tuple[Planned, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def start(import_id: str, file: str, rows: int, importer: Importer, now: datetime) -> Decision[Import]:
    """Rows have been read and wait to be checked. Raises `NothingToImport`."""
    if not rows:
        raise NothingToImport(file=file)
    return Decision(Import(import_id, CHECKING, file, rows, importer, now), what="started", why=file)


def checked(imported: Import, plan: Plan) -> Decision[Import]:
    """What was found: ready to be confirmed where nothing stands against it."""
    _must_be(imported, "check_import", CHECKING)
    return _found(imported, plan, what="checked")


def confirm(imported: Import, importer: Importer, now: datetime) -> Decision[Import]:
    """Somebody has seen what is to happen and wants it. Raises `WrongState`."""
    _must_be(imported, "confirm_import", READY)
    return Decision(replace(imported, state=APPLYING, importer=importer, asked_at=now), what="confirmed")


def applied(imported: Import, plan: Plan) -> Decision[Import]:
    """All of it has been written. What would do anything else than was confirmed is shown again instead."""
    _must_be(imported, "apply_import", APPLYING)
    if plan.problems or plan.planned != imported.planned:
        return _found(imported, plan, what="found changed")
    return Decision(replace(imported, state=APPLIED), what="applied")


def cancel(imported: Import) -> Decision[Import]:
    """Nothing is to come of it. Possible until it is applied: until then nothing of it has been written."""
    _must_be(imported, "cancel_import", CHECKING, READY, REFUSED, APPLYING)
    return Decision(replace(imported, state=CANCELLED), what="cancelled")


def due(imported: Import) -> tuple[Due, ...]:
    """A worker checks what was started and applies what was confirmed."""
    name = {CHECKING: CHECK, APPLYING: APPLY}.get(imported.state)
    return (Due(name, imported.asked_at),) if name else ()


def holds(imported: Import) -> tuple[str, ...]:
    """One import is applied at a time: two at once could both find that a person is not there yet."""
    return ("import:applying",) if imported.state == APPLYING else ()


def shortened(value: str) -> str:
    """A cell's value as a problem shows it."""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def _found(imported: Import, plan: Plan, what: str) -> Decision[Import]:
    found = replace(
        imported,
        state=REFUSED if plan.problems else READY,
        planned=plan.planned,
        problems=plan.problems[:MOST_PROBLEMS],
        problem_count=len(plan.problems),
        counts=_counts(plan.planned),
    )
    return Decision(found, what=what)


def _counts(planned: tuple[Planned, ...]) -> dict[str, dict[str, int]]:
    sheets = dict.fromkeys(each.sheet for each in planned)
    return {sheet: dict(Counter(each.action for each in planned if each.sheet == sheet)) for sheet in sheets}


def _must_be(imported: Import, command: str, *fits: str) -> None:
    if imported.state not in fits:
        raise WrongState(state=imported.state, command=command, fits=list(fits))
