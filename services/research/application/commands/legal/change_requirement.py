"""What law asks is asked otherwise."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import RequirementId
from services.research.application.commands.legal.fields import DetailName, LaterGate, OutcomeTypes, OwnerFields
from services.research.application.law import Law
from services.research.domain.legal.permissions import may_keep
from services.research.domain.legal.requiring import Changes, change


class ChangeRequirement(Change):
    """What is left out stays. Another kind or direction is another requirement."""

    requirement_id: RequirementId
    reason: FullParagraph
    from_gate: LaterGate | None = None
    basis: FullParagraph | None = None
    owner: OwnerFields | None = None
    outcome_types: OutcomeTypes | None = None
    only_where: DetailName | None = None


def change_requirement(command: ChangeRequirement, context: Context, law: Law) -> Receipt:
    """From the next gate on it is asked so; what was cleared stays cleared."""
    requirement = law.requirements.load(command.requirement_id)
    if answer := requirement.answered(context):
        return answer
    state = requirement.state
    may_keep(context.actor, state.owner, "change_requirement")
    owner = command.owner.told() if command.owner else None
    changes = Changes(command.from_gate, command.basis, owner, command.outcome_types, command.only_where)
    return law.requirements.save(requirement, change(state, changes, reason=command.reason), context)
