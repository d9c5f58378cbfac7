"""An authority or a committee has allowed what law asks about."""

from chassis.commands import Change, Day, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, RequirementId
from services.research.application.commands.legal.fields import OwnerFields, PaperFields
from services.research.application.law import Law
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.legal.clearance import Clearance
from services.research.domain.legal.clearing import record
from services.research.domain.legal.needs import Need
from services.research.domain.legal.permissions import may_clear
from services.research.domain.outcome import Outcome


class RecordClearance(Change):
    """Kind and direction are the requirement's. `owner`: who sees to it that it is renewed; the requirement's if none
    is named. `expires_on`: its last day, none where it has no end.
    """

    outcome_id: OutcomeId
    requirement_id: RequirementId
    reference: Line
    authority: Line
    granted_on: Day
    expires_on: Day | None = None
    owner: OwnerFields | None = None
    paper: PaperFields | None = None


def record_clearance(command: RecordClearance, context: Context, outcomes: Outcomes, law: Law) -> Receipt:
    """Keeps the approval on the outcome; a later one of the same requirement renews it."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    requirement = law.requirements.load(command.requirement_id).state
    may_clear(context.actor, outcome.state, requirement, "record_clearance")
    need = law.need(outcome.state, requirement.id)
    clearance = _clearance(command, context, need, outcome.state, law)
    return outcomes.save(outcome, record(outcome.state, need, clearance), context)


def _clearance(command: RecordClearance, context: Context, need: Need, outcome: Outcome, law: Law) -> Clearance:
    requirement = need.requirement
    owner = command.owner.told() if command.owner else requirement.owner
    return Clearance(
        requirement=requirement.id,
        kind=requirement.kind,
        from_end=requirement.from_end,
        to_end=requirement.to_end,
        reference=command.reference,
        authority=command.authority,
        granted_on=command.granted_on,
        expires_on=command.expires_on,
        owner=owner,
        zone=law.zone(outcome, owner.site),
        paper=command.paper.told() if command.paper else None,
        by=context.actor.person,
        at=context.now,
    )
