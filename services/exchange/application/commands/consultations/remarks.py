"""Remarks about a consultation: a note, or that it should never have been entered."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import ConsultationChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.calling_off import enter_in_error
from services.exchange.domain.consultations.noting import add_note
from services.exchange.domain.permissions.consultations import may_mark_in_error, may_organise


class AddConsultationNote(ConsultationChange):
    """Something that everybody who takes part should read."""

    text: FullParagraph


class MarkConsultationEnteredInError(ConsultationChange):
    """It should never have been entered."""

    reason: FullParagraph


def add_consultation_note(command: AddConsultationNote, context: Context, consultations: Consultations) -> Receipt:
    """Puts the note behind the others."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "add_consultation_note")
    decision = add_note(found.state, text=command.text, by=context.actor.person, now=context.now)
    return consultations.save(found, decision, context)


def mark_consultation_entered_in_error(
    command: MarkConsultationEnteredInError, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """Takes it out of the count, and gives back what it holds."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_mark_in_error(context.actor, found.state)
    decision = enter_in_error(found.state, by=context.actor.person, reason=command.reason)
    return convening.save(found, decision, context)
