"""A partner ends an agreement early."""

from chassis.commands import Change, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement import Termination
from services.exchange.domain.agreement_ending import terminate
from services.exchange.domain.permissions.agreements import may_change_agreement


class TerminateAgreement(Change):
    """`on` is the last day in effect; when that is today it ends at once."""

    agreement_id: AgreementId
    on: Day
    reason: FullParagraph


def terminate_agreement(command: TerminateAgreement, context: Context, agreements: Agreements, quota: Quota) -> Receipt:
    """Ends the agreement; its ledgers close, or cover fewer days, in the same write."""
    agreement = agreements.load(command.agreement_id)
    if answer := agreement.answered(context):
        return answer
    may_change_agreement(context.actor, agreement.state, "terminate_agreement")
    termination = Termination(command.on, command.reason, context.actor.person, context.now)
    decision = terminate(agreement.state, termination, quota.zones(agreement.state.partners))
    return quota.save(agreement, decision, context)
