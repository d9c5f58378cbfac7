"""An outcome is expected of a visit or of what a consultation found, and what becomes of it when nobody reports."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from chassis.kernel.decision import Decision, Due
from services.research.domain.events import OutcomeExpected, OutcomeOverdue
from services.research.domain.outcome import EXPECTED, Outcome

OVERDUE = "overdue"


def expect(outcome: Outcome, *, found: str = "") -> Decision[Outcome]:
    """Opens an outcome that somebody is to report. `found`: the finding that it is expected of, in words."""
    return Decision(outcome, what="expected", events=(OutcomeExpected(outcome),), why=found)


def overdue_at(outcome: Outcome) -> datetime:
    """The end of the day on which the report is due: midnight UTC, whatever zones the sites keep."""
    return datetime.combine(outcome.due_on + timedelta(days=1), time(), UTC)


def miss(outcome: Outcome, *, now: datetime) -> Decision[Outcome] | None:
    """Flags an outcome that nobody reported in time. `None` when it was reported, is flagged, or is not yet due."""
    if not _is_awaited(outcome) or now < overdue_at(outcome):
        return None
    missed = replace(outcome, overdue=True)
    return Decision(missed, what="overdue", events=(OutcomeOverdue(missed),), why=outcome.due_on.isoformat())


def due(outcome: Outcome) -> tuple[Due, ...]:
    """An expected outcome wants to be looked at again when its report is due."""
    return (Due(OVERDUE, overdue_at(outcome)),) if _is_awaited(outcome) else ()


def _is_awaited(outcome: Outcome) -> bool:
    return outcome.state == EXPECTED and not outcome.overdue
