"""A visit's budget: what it is expected to cost, what it did cost, and who pays."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chassis.kernel.decision import Decision
from services.exchange.domain.money_refusals import (
    ActualEntered,
    CorrectionNeedsReason,
    NoSuchLine,
    TooManyLines,
)
from services.exchange.domain.refusals import DateInTheFuture

MOST_LINES = 200


@dataclass(frozen=True)
class Actual:
    """What was spent, and on which calendar day at the host."""

    amount: Decimal
    day: date


@dataclass(frozen=True)
class Line:
    """One expense. `budgeted` is valued at `day`, `actual` at its own; both are amounts of `currency`.

    `proposed` is who the agreement says pays; where `payer` is another, `payer_reason` says why.
    A removed line stays, with `removed`, the reason.
    """

    id: str
    kind: str
    payer: str
    proposed: str
    currency: str
    budgeted: Decimal
    day: date
    actual: Actual | None = None
    payer_reason: str = ""
    note: str = ""
    removed: str = ""


@dataclass(frozen=True)
class Budget:
    """The lines of one visit. Agreement and sites are the visit's own, which never change."""

    id: str
    visit: str
    agreement: str
    sending_site: str
    host_site: str
    lines: tuple[Line, ...] = ()

    @property
    def standing(self) -> tuple[Line, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if not line.removed)

    def line(self, line_id: str) -> Line:
        """A line that counts. Raises `NoSuchLine`."""
        for line in self.standing:
            if line.id == line_id:
                return line
        raise NoSuchLine(budget=self.id, line=line_id)

    def with_line(self, changed: Line) -> "Budget":
        """The same budget with this line in the place of the one with its id."""
        return replace(self, lines=tuple(changed if line.id == changed.id else line for line in self.lines))


def budget_id(visit_id: str) -> str:
    """The one budget of a visit."""
    return f"bud_{visit_id.partition('_')[2]}"


def add_line(budget: Budget, line: Line) -> Decision[Budget]:
    """One more line. Raises `TooManyLines`."""
    if len(budget.lines) >= MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    told = f"line added: {line.kind} {line.budgeted} {line.currency} by {line.payer}"
    return Decision(replace(budget, lines=(*budget.lines, line)), what=told, why=line.payer_reason)


def change_line(budget: Budget, changed: Line, *, reason: str) -> Decision[Budget]:
    """A line as it is to be from now on. Raises `NoSuchLine`, `ActualEntered`: spent money keeps its currency."""
    before = budget.line(changed.id)
    if changed.currency != before.currency:
        _must_be_unspent(before)
    return Decision(
        budget.with_line(changed), what=f"line changed: {before.kind} {_changes(before, changed)}", why=reason
    )


def remove_line(budget: Budget, line_id: str, *, reason: str) -> Decision[Budget]:
    """A line counts no longer, and stays to be seen. Raises `NoSuchLine`, `ActualEntered`."""
    line = budget.line(line_id)
    _must_be_unspent(line)
    told = f"line removed: {line.kind} {line.budgeted} {line.currency} by {line.payer}"
    return Decision(budget.with_line(replace(line, removed=reason)), what=told, why=reason)


def enter_actual(budget: Budget, line_id: str, actual: Actual, *, reason: str, today: date) -> Decision[Budget]:
    """What a line did cost. Raises `NoSuchLine`, `DateInTheFuture`, `CorrectionNeedsReason`."""
    line = budget.line(line_id)
    if actual.day > today:
        raise DateInTheFuture(date=actual.day.isoformat(), today=today.isoformat())
    if line.actual and not reason:
        raise CorrectionNeedsReason(of="actual", stands=str(line.actual.amount))
    instead = f" instead of {line.actual.amount} on {line.actual.day}" if line.actual else ""
    told = f"actual entered: {line.kind} {actual.amount} {line.currency} on {actual.day}{instead}"
    return Decision(budget.with_line(replace(line, actual=actual)), what=told, why=reason)


def _must_be_unspent(line: Line) -> None:
    if line.actual and line.actual.amount:
        raise ActualEntered(line=line.id, actual=str(line.actual.amount), currency=line.currency)


def _changes(before: Line, after: Line) -> str:
    """What is different, for the history: `budgeted 100.00 -> 120.00, payer host-site -> visitor`."""
    names = ("budgeted", "currency", "day", "payer", "note")
    different = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return ", ".join(f"{name} {old or '-'} -> {new or '-'}" for name, old, new in different if old != new) or "nothing"
