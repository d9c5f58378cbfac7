"""What law asks does not apply to one outcome."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, RequirementId
from services.research.application.law import Law
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.legal.clearing import waive
from services.research.domain.legal.permissions import may_waive


class WaiveClearance(Change):
    """`reason`: why it does not apply."""

    outcome_id: OutcomeId
    requirement_id: RequirementId
    reason: FullParagraph


def waive_clearance(command: WaiveClearance, context: Context, outcomes: Outcomes, law: Law) -> Receipt:
    """Gates ask for it no more, of this outcome."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_waive(context.actor, law.requirements.load(command.requirement_id).state.owner)
    need = law.need(outcome.state, command.requirement_id)
    by, now = context.actor.person, context.now
    return outcomes.save(outcome, waive(outcome.state, need, reason=command.reason, by=by, now=now), context)
