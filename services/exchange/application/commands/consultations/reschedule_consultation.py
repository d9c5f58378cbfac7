"""All that is to come meets at other times."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import ConsultationChange
from services.exchange.application.commands.consultations.propose_consultation import ConsultationTimes
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.recurrences import Recurrences
from services.exchange.domain.consultations.moving import Asked, reschedule
from services.exchange.domain.permissions.consultations import may_organise


class RescheduleConsultation(ConsultationTimes, ConsultationChange):
    """The sessions that are still to come meet at these times instead."""

    reason: FullParagraph


def reschedule_consultation(
    command: RescheduleConsultation,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    recurrences: Recurrences,
    convening: Convening,
) -> Receipt:
    """What is held swaps the old times for the new ones, all of them or none."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "reschedule_consultation")
    decision = reschedule(
        found.state,
        command.wanted(recurrences),
        agreements.load(found.state.agreement).state,
        Asked(context.actor.person, command.reason, context.now),
    )
    return convening.save(found, decision, context)
