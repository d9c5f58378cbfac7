"""Who is there."""

from typing import Annotated

from pydantic import Field

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.exchange.application.commands.consultations.parts import SessionChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations import closing
from services.exchange.domain.permissions.consultations import may_organise


class RecordAttendance(SessionChange):
    """Everybody who is there, participants and deputies."""

    attended: Annotated[tuple[PersonId, ...], Field(max_length=360)]


def record_attendance(
    command: RecordAttendance, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """The session has begun with these; it may be said again as others come."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "record_attendance")
    decision = closing.record_attendance(found.state, command.slot, command.attended, now=context.now)
    return convening.keep(found, decision, context)
