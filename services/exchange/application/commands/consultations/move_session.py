"""One session meets at another time."""

from chassis.commands import FullParagraph, Moment
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import SessionChange, SessionLength
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations import moving
from services.exchange.domain.permissions.consultations import may_organise


class MoveSession(SessionChange):
    """The session of `slot` begins at `begins` instead; it is as long as before where no `minutes` are named."""

    begins: Moment
    minutes: SessionLength | None = None
    reason: FullParagraph


def move_session(
    command: MoveSession,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    convening: Convening,
) -> Receipt:
    """Everybody's time moves with it, or nobody's; the other sessions stay."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "move_session")
    decision = moving.move_session(
        found.state,
        command.slot,
        moving.Time(command.begins, command.minutes),
        agreements.load(found.state.agreement).state,
        moving.Asked(context.actor.person, command.reason, context.now),
    )
    return convening.save(found, decision, context)
