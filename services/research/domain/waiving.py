"""Nobody waits any more for an outcome that was expected."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain.events import OutcomeWaived
from services.research.domain.outcome import EXPECTED, WAIVED, Outcome
from services.research.domain.refusals import WrongState


def waive(outcome: Outcome, *, reason: str, by: str | None) -> Decision[Outcome]:
    """Releases whoever owes the report, overdue or not; the outcome counts for nothing. Raises `WrongState`."""
    if outcome.state != EXPECTED:
        raise WrongState(state=outcome.state, command="waive_outcome", fits=[EXPECTED])
    waived = replace(outcome, state=WAIVED, overdue=False)
    return Decision(waived, what="waived", events=(OutcomeWaived(waived, reason, by),), why=reason)
