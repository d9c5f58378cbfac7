"""What cleared an outcome stands no more."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, RequirementId
from services.research.application.law import Law
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.legal.clearing import revoke
from services.research.domain.legal.permissions import may_clear


class RevokeClearance(Change):
    """Of one requirement: every approval that stands, and a waiver."""

    outcome_id: OutcomeId
    requirement_id: RequirementId
    reason: FullParagraph


def revoke_clearance(command: RevokeClearance, context: Context, outcomes: Outcomes, law: Law) -> Receipt:
    """Gates ask for it again; what it let through stays where it is."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    requirement = law.requirements.load(command.requirement_id).state
    may_clear(context.actor, outcome.state, requirement, "revoke_clearance")
    return outcomes.save(outcome, revoke(outcome.state, requirement.id, reason=command.reason), context)
