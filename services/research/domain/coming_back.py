"""A gate that was deferred comes back on its day."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.research.domain.events import OutcomeGateDue
from services.research.domain.gates import Gate
from services.research.domain.outcome import Outcome

GATE_DUE = "gate-due"


def come_back(outcome: Outcome, *, now: datetime) -> Decision[Outcome] | None:
    """Flags that the gate is to be decided after all. `None` when it was decided meanwhile, is flagged, or not due."""
    gate, moment = _awaited(outcome)
    if gate is None or moment is None or now < moment:
        return None
    back = replace(outcome, gate_due=True)
    return Decision(back, what="gate-due", events=(OutcomeGateDue(back, gate),), why=gate.gate)


def due(outcome: Outcome) -> tuple[Due, ...]:
    """A deferred gate wants to be looked at again when its day begins."""
    _, moment = _awaited(outcome)
    return (Due(GATE_DUE, moment),) if moment else ()


def _awaited(outcome: Outcome) -> tuple[Gate, datetime] | tuple[None, None]:
    """The decision that put off the gate which is next, and when its day begins, wherever it begins first.

    Nothing where none did, or where the day has come and was told.
    """
    last = outcome.gates[-1] if outcome.gates else None
    if last is None or last.gate != outcome.next_gate or last.back_on is None or outcome.gate_due:
        return None, None
    return last, min(outcome.day_begins(last.back_on, site) for site in outcome.sites)
