"""A gate on the way into practice is decided."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import GateDecision, OutcomeId, TransferStage
from services.research.application.ports.outcomes import Outcomes
from services.research.domain import transfer
from services.research.domain.permissions import may_decide

Evidence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class DecideGate(Change):
    """`gate` is the stage before which it stands; `evidence` names a document, minutes or an address."""

    outcome_id: OutcomeId
    gate: TransferStage
    decision: GateDecision
    reason: Paragraph = ""
    evidence: Evidence = ""


def decide_gate(command: DecideGate, context: Context, outcomes: Outcomes) -> Receipt:
    """Records the decision, and moves the outcome to its next stage where the gate lets it through."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_decide(context.actor, outcome.state)
    decision = transfer.decide_gate(
        outcome.state,
        gate=command.gate,
        decision=command.decision,
        reason=command.reason,
        evidence=command.evidence,
        by=context.actor.person,
        now=context.now,
    )
    return outcomes.save(outcome, decision, context)
