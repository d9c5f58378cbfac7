"""An outcome is expected of a visit or of what a consultation found, and what becomes of it when nobody reports."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from chassis.kernel.decision import Decision, Due
from services.research.domain.events import OutcomeDueSoon, OutcomeExpected, OutcomeOverdue
from services.research.domain.occurrence import Occurrence
from services.research.domain.outcome import EXPECTED, Outcome

DUE_SOON, OVERDUE = "due-soon", "overdue"
REMINDED = (30, 7)
"""So many days before the report is due, whoever owes it is reminded: in time to write it, and in time to send it."""


def expected_of(occurrence: Occurrence, outcome_id: str, outcome_type: str, due_on: date) -> Outcome:
    """What its agreement expects of something that took place; who led it owes the report."""
    return Outcome(
        id=outcome_id,
        state=EXPECTED,
        type=outcome_type,
        title=occurrence.title,
        field=occurrence.field,
        agreement=occurrence.agreement,
        condition=occurrence.condition,
        origin=occurrence.origin,
        sites=occurrence.sites,
        zones=occurrence.zones,
        responsible=occurrence.lead,
        followers=occurrence.followers,
        due_on=due_on,
    )


def expect(outcome: Outcome, *, now: datetime, found: str = "") -> Decision[Outcome]:
    """Opens an outcome that somebody is to report. `found`: the finding that it is expected of, in words.

    Nobody is reminded of a day that is past by then.
    """
    days = (outcome.due_on - timedelta(days=days) for days in REMINDED)
    opened = replace(outcome, reminders=tuple(day for day in days if _begins(day) > now))
    return Decision(opened, what="expected", events=(OutcomeExpected(opened),), why=found)


def overdue_at(outcome: Outcome) -> datetime:
    """The end of the day on which the report is due: midnight UTC, whatever zones the sites keep."""
    return _begins(outcome.due_on + timedelta(days=1))


def remind(outcome: Outcome, *, now: datetime) -> Decision[Outcome] | None:
    """Reminds whoever owes the report, once for all days of `reminders` that have begun.

    `None` where none has, and where nobody waits for the report, or it is overdue by now.
    """
    left = tuple(day for day in outcome.reminders if _begins(day) > now)
    if not _is_awaited(outcome) or left == outcome.reminders or now >= overdue_at(outcome):
        return None
    reminded = replace(outcome, reminders=left)
    days_left = (outcome.due_on - now.astimezone(UTC).date()).days
    return Decision(
        reminded, what="reminded", events=(OutcomeDueSoon(reminded, days_left),), why=outcome.due_on.isoformat()
    )


def miss(outcome: Outcome, *, now: datetime) -> Decision[Outcome] | None:
    """Flags an outcome that nobody reported in time. `None` when it was reported, is flagged, or is not yet due."""
    if not _is_awaited(outcome) or now < overdue_at(outcome):
        return None
    missed = replace(outcome, overdue=True)
    return Decision(missed, what="overdue", events=(OutcomeOverdue(missed),), why=outcome.due_on.isoformat())


def due(outcome: Outcome) -> tuple[Due, ...]:
    """An expected outcome wants to be looked at again on the days of its reminders, and when its report is due."""
    if not _is_awaited(outcome):
        return ()
    return (*(Due(DUE_SOON, _begins(day)) for day in outcome.reminders), Due(OVERDUE, overdue_at(outcome)))


def _is_awaited(outcome: Outcome) -> bool:
    return outcome.state == EXPECTED and not outcome.overdue


def _begins(day: date) -> datetime:
    """Midnight UTC: the morning of that day where the partners are."""
    return datetime.combine(day, time(), UTC)
