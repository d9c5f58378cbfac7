"""Cases are brought, and withdrawn."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import CaseId
from services.exchange.application.commands.consultations.parts import CaseFields, ConsultationChange
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.bringing import bring, open_case, withdraw
from services.exchange.domain.permissions.consultations import may_bring


class BringCase(ConsultationChange):
    """A case is to be talked about, in the next session or in that of its `slot`."""

    case: CaseFields


class WithdrawCase(ConsultationChange):
    """A case is not to be talked about after all."""

    case_id: CaseId
    reason: FullParagraph


def bring_case(command: BringCase, context: Context, consultations: Consultations) -> Receipt:
    """Puts the case behind the others."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_bring(context.actor, found.state, command.case.presenter)
    case = command.case.case(context.command_id)
    decision = bring(found.state, case, by=context.actor.person, now=context.now)
    return consultations.save(found, decision, context)


def withdraw_case(command: WithdrawCase, context: Context, consultations: Consultations) -> Receipt:
    """Takes it off."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_bring(context.actor, found.state, open_case(found.state, command.case_id).presenter)
    decision = withdraw(found.state, command.case_id, reason=command.reason)
    return consultations.save(found, decision, context)
