"""A consultation is called off."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import ConsultationChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.calling_off import cancel
from services.exchange.domain.permissions.consultations import may_organise


class CancelConsultation(ConsultationChange):
    """None of the sessions that are still to come is to take place."""

    reason: FullParagraph


def cancel_consultation(
    command: CancelConsultation, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """Calls it off and gives back what it held."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "cancel_consultation")
    decision = cancel(found.state, by=context.actor.person, reason=command.reason, now=context.now)
    return convening.save(found, decision, context)
