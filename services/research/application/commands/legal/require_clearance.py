"""Law asks for something between the partners: from now on gates ask for it."""

from typing import Literal

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from services.research.application.commands.legal.fields import DetailName, End, LaterGate, OutcomeTypes, OwnerFields
from services.research.application.law import Law
from services.research.domain.legal.permissions import may_require
from services.research.domain.legal.requirement import IN_EFFECT, Requirement
from services.research.domain.legal.requiring import require

RequirementKind = Literal[
    "human-genetic-resources", "data-export", "ethics", "other", "material-transfer", "data-transfer", "licence"
]


class RequireClearance(Command):
    """`basis`: the law, by name. No types: any. `only_where`: unless this yes-or-no detail says no."""

    kind: RequirementKind
    from_end: End
    to_end: End
    from_gate: LaterGate
    basis: FullParagraph
    owner: OwnerFields
    outcome_types: OutcomeTypes = ()
    only_where: DetailName = ""


def require_clearance(command: RequireClearance, context: Context, law: Law) -> Receipt:
    """Enters a requirement, once: its id is made of the command's."""
    countries = law.countries(*context.actor.sites)
    may_require(context.actor, command.from_end, command.to_end, countries)
    requirement = Requirement(
        id=document_id("req", context.command_id),
        state=IN_EFFECT,
        kind=command.kind,
        from_end=command.from_end,
        to_end=command.to_end,
        from_gate=command.from_gate,
        basis=command.basis,
        owner=command.owner.told(),
        outcome_types=command.outcome_types,
        only_where=command.only_where,
    )
    return law.requirements.add(requirement.id, require(requirement), context)
