"""An import: rows of a file that are checked whole, shown, confirmed, and then become documents all at once or not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from chassis.kernel.failing import Failing, at_once, failing
from chassis.kernel.importer import Importer
from services.exchange.domain.importing_refusals import ChangedMeanwhile, NothingToImport
from services.exchange.domain.importing_rows import WRONG, Plan, Planned, Problem, shortened
from services.exchange.domain.refusals import WrongState

CHECKING, READY, REFUSED = "checking", "ready", "refused"
APPLYING, APPLIED, CANCELLED = "applying", "applied", "cancelled"

CHECK, APPLY = "check", "apply"
"""Names of the timers that a worker does the work on."""
MOST_PROBLEMS = 500
"""So many are kept of those found; all are counted."""
_NAMED = 5
"""So many rows the history names of those that would have done something else."""


@dataclass(frozen=True)
class Import:
    """`asked_at`: when the step that a worker is to do was asked for. The rows themselves stand elsewhere.

    `conflicts`: the rows that would have done something else than was confirmed, when it was last to be applied.
    `failing`: where the worker failed at it, and has not succeeded since.
    """

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
    conflicts: tuple[Problem, ...] = ()
    failing: Failing | None = None

    @property
    def problems_left_out(self) -> int:
        """So many were found beyond those that are kept."""
        return max(0, self.problem_count - MOST_PROBLEMS)


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
    confirmed = replace(imported, state=APPLYING, importer=importer, asked_at=now, conflicts=())
    return Decision(confirmed, what="confirmed")


def applied(imported: Import, plan: Plan) -> Decision[Import]:
    """All of it has been written. What would do anything else than was confirmed is shown again instead."""
    _must_be(imported, "apply_import", APPLYING)
    if not plan.problems and plan.planned == imported.planned:
        return Decision(_over(imported, APPLIED), what="applied")
    conflicts = tuple(_conflicts(imported.planned, plan.planned))[:MOST_PROBLEMS]
    found = _found(imported, plan, what="found changed")
    return replace(found, state=replace(found.state, conflicts=conflicts), why=", ".join(_named(conflicts)))


def resume(imported: Import, now: datetime, why: str) -> Decision[Import]:
    """A worker is to take up again, at once, what it was to do. Nothing of it is written yet. Raises `WrongState`."""
    _must_be(imported, "resume_import", CHECKING, APPLYING)
    return Decision(replace(imported, asked_at=now, failing=at_once(imported.failing, now)), what="resumed", why=why)


def failed(imported: Import, error: str, now: datetime) -> Decision[Import]:
    """A worker met something that nobody foresaw: told by its type, and tried again later and later."""
    _must_be(imported, "fail_import", CHECKING, APPLYING)
    found = failing(imported.failing, error, now)
    return Decision(replace(imported, failing=found), what="failed", why=error)


def cancel(imported: Import, why: str) -> Decision[Import]:
    """Nothing is to come of it. Possible until it is applied: until then nothing of it has been written."""
    _must_be(imported, "cancel_import", CHECKING, READY, REFUSED, APPLYING)
    return Decision(_over(imported, CANCELLED), what="cancelled", why=why)


def due(imported: Import) -> tuple[Due, ...]:
    """A worker checks what was started and applies what was confirmed."""
    name = {CHECKING: CHECK, APPLYING: APPLY}.get(imported.state)
    at = imported.failing.again_at if imported.failing else imported.asked_at
    return (Due(name, at),) if name else ()


def holds(imported: Import) -> tuple[str, ...]:
    """One import is applied at a time: two at once could both find that a person is not there yet."""
    return ("import:applying",) if imported.state == APPLYING else ()


def _over(imported: Import, state: str) -> Import:
    """What cells said is kept no longer than it is of use."""
    planned = tuple(replace(each, changes=()) for each in imported.planned)
    return replace(imported, state=state, planned=planned, problems=(), conflicts=(), failing=None)


def _conflicts(confirmed: tuple[Planned, ...], now: tuple[Planned, ...]) -> Iterator[Problem]:
    for seen, found in zip(confirmed, now, strict=True):
        if seen != found and found.action != WRONG:
            refusal = ChangedMeanwhile(confirmed=str(seen), now=str(found))
            cell = f"{found.sheet}!{found.row}"
            yield Problem(cell, shortened(found.key), refusal.name, f"confirmed: {seen}; now: {found}")


def _named(conflicts: tuple[Problem, ...]) -> list[str]:
    more = ["…"] if len(conflicts) > _NAMED else []
    return [each.cell for each in conflicts[:_NAMED]] + more


def _found(imported: Import, plan: Plan, what: str) -> Decision[Import]:
    found = replace(
        imported,
        state=REFUSED if plan.problems else READY,
        planned=plan.planned,
        problems=plan.problems[:MOST_PROBLEMS],
        problem_count=len(plan.problems),
        counts=_counts(plan.planned),
        failing=None,
    )
    return Decision(found, what=what)


def _counts(planned: tuple[Planned, ...]) -> dict[str, dict[str, int]]:
    sheets = dict.fromkeys(each.sheet for each in planned)
    return {sheet: dict(Counter(each.action for each in planned if each.sheet == sheet)) for sheet in sheets}


def _must_be(imported: Import, command: str, *fits: str) -> None:
    if imported.state not in fits:
        raise WrongState(state=imported.state, command=command, fits=list(fits))
