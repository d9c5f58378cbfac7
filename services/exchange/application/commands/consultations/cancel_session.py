"""One session is called off."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import SessionChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations import calling_off
from services.exchange.domain.permissions.consultations import may_organise


class CancelSession(SessionChange):
    """The session of `slot` is not to take place."""

    reason: FullParagraph


def cancel_session(
    command: CancelSession, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """Calls it off and gives back what it held; the others stay."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "cancel_session")
    decision = calling_off.cancel_session(
        found.state, command.slot, by=context.actor.person, reason=command.reason, now=context.now
    )
    return convening.save(found, decision, context)
