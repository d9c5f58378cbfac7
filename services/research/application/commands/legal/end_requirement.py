"""Law asks for it no more."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import RequirementId
from services.research.application.law import Law
from services.research.domain.legal.permissions import may_keep
from services.research.domain.legal.requiring import end


class EndRequirement(Change):
    requirement_id: RequirementId
    reason: FullParagraph


def end_requirement(command: EndRequirement, context: Context, law: Law) -> Receipt:
    """No gate asks for it any more."""
    requirement = law.requirements.load(command.requirement_id)
    if answer := requirement.answered(context):
        return answer
    state = requirement.state
    may_keep(context.actor, state.owner, "end_requirement")
    return law.requirements.save(requirement, end(state, reason=command.reason), context)
