"""What waits for an answer need go on to nobody else."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import EscalationId
from services.notify.application.escalations import Escalations
from services.notify.domain.escalation.stopping import stop
from services.notify.domain.permissions import may_stop_escalation, runs


class StopEscalation(Change):
    """`reason`: why, in a few words."""

    escalation_id: EscalationId
    reason: Annotated[Paragraph, StringConstraints(min_length=1)]


def stop_escalation(command: StopEscalation, context: Context, escalations: Escalations) -> Receipt:
    """Stops what waits for the actor's sites; for an administrator all of it.

    Raises `NotAllowed`, `NothingAwaited`.
    """
    found = escalations.load(command.escalation_id)
    if answer := found.answered(context):
        return answer
    actor = context.actor
    may_stop_escalation(actor, (matter.site for matter in found.state.open))
    decision = stop(
        found.state,
        lambda matter: runs(actor, matter.site),
        by=actor.person,
        reason=command.reason,
        now=context.now,
    )
    return escalations.save(found, decision, context)
