"""What is to be done is done, or dropped."""

from chassis.commands import Day, FullParagraph, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import ActionId
from services.exchange.application.commands.consultations.parts import ConsultationChange
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.acting import complete, drop, open_action
from services.exchange.domain.permissions.consultations import may_act_on


class CompleteAction(ConsultationChange):
    """It was done on this day."""

    action_id: ActionId
    done_on: Day
    note: Paragraph = ""


class DropAction(ConsultationChange):
    """It is not to be done after all."""

    action_id: ActionId
    reason: FullParagraph


def complete_action(command: CompleteAction, context: Context, consultations: Consultations) -> Receipt:
    """Notes that it is done; nobody is reminded of it any more."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    action = open_action(found.state, command.action_id)
    may_act_on(context.actor, found.state, action, "complete_action")
    decision = complete(found.state, action.id, done_on=command.done_on, note=command.note, now=context.now)
    return consultations.save(found, decision, context)


def drop_action(command: DropAction, context: Context, consultations: Consultations) -> Receipt:
    """Notes that it is not done, and why."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    action = open_action(found.state, command.action_id)
    may_act_on(context.actor, found.state, action, "drop_action")
    return consultations.save(found, drop(found.state, action.id, reason=command.reason), context)
