"""Nobody came to a session."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import SessionChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.calling_off import miss_session
from services.exchange.domain.permissions.consultations import may_organise


class MarkSessionMissed(SessionChange):
    """The session of `slot` was to take place, and did not."""

    reason: FullParagraph


def mark_session_missed(
    command: MarkSessionMissed, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """Notes it, and gives back what is held of it."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "mark_session_missed")
    decision = miss_session(found.state, command.slot, by=context.actor.person, reason=command.reason, now=context.now)
    return convening.save(found, decision, context)
