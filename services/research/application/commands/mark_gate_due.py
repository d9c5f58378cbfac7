"""The day came on which a gate that was deferred is to be decided after all."""

from chassis.kernel.context import Context
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.coming_back import come_back


def mark_gate_due(outcome_id: str, context: Context, outcomes: Outcomes) -> None:
    """Flags the gate; does nothing where it was decided or flagged meanwhile."""
    outcome = outcomes.load(outcome_id)
    if decision := come_back(outcome.state, now=context.now):
        outcomes.save(outcome, decision, context)
