"""A gate on the way into practice is decided."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from chassis.commands import Change, Command, Day, Line, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import GateDecision, OutcomeId, TransferStage
from services.research.application.law import Law
from services.research.application.ports.outcomes import Outcomes
from services.research.domain import transfer
from services.research.domain.evidence import Evidence, EvidenceKind
from services.research.domain.gates import DEFERRED, Verdict
from services.research.domain.permissions import may_decide

Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class EvidenceFields(Command):
    """What a decision rests on, and where it is: an address, or how it is filed."""

    kind: EvidenceKind
    title: Line
    reference: Reference
    sha256: Annotated[str, StringConstraints(max_length=64)] = ""

    def told(self) -> Evidence:
        return Evidence(self.kind, self.title, self.reference, self.sha256)


class DecideGate(Change):
    """`gate` is the stage before which it stands. `body`: the board or committee that decided, on which day."""

    outcome_id: OutcomeId
    gate: TransferStage
    decision: GateDecision
    reason: Paragraph = ""
    evidence: Annotated[tuple[EvidenceFields, ...], Field(max_length=20)] = ()
    body: Body = ""
    decided_on: Day | None = None
    back_on: Day | None = None

    @model_validator(mode="after")
    def _only_the_deferred_come_back(self) -> Self:
        if self.back_on and self.decision != DEFERRED:
            raise ValueError("back_on is the day on which a deferred gate comes back")
        return self

    def told(self) -> Verdict:
        evidence = tuple(each.told() for each in self.evidence)
        return Verdict(self.gate, self.decision, self.reason, evidence, self.body, self.decided_on, self.back_on)


def decide_gate(command: DecideGate, context: Context, outcomes: Outcomes, law: Law) -> Receipt:
    """Records the decision, and moves the outcome to its next stage where the gate lets it through.

    What lets it through is refused while law asks for what nobody has cleared.
    """
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_decide(context.actor, outcome.state)
    standing = law.standing(outcome.state, context.now)
    by, now = context.actor.person, context.now
    decision = transfer.decide_gate(outcome.state, command.told(), standing, by=by, now=now)
    return outcomes.save(outcome, decision, context)
