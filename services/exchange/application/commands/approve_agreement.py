"""A partner approves an agreement."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from contracts.words import AgreementId
from services.exchange.application.ports import Agreements, Ledgers
from services.exchange.domain.agreement import IN_EFFECT, approve
from services.exchange.domain.ledger import opened
from services.exchange.domain.permissions import partner_approving


class ApproveAgreement(Change):
    """The approval of exactly the text with this hash."""

    agreement_id: AgreementId
    text_hash: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


def approve_agreement(command: ApproveAgreement, context: Context, agreements: Agreements, ledgers: Ledgers) -> Receipt:
    """Notes the approval; the last one puts the agreement into effect and opens its quota ledgers in the same write."""
    agreement = agreements.load(command.agreement_id)
    if answer := agreement.answered(context):
        return answer
    partner = partner_approving(context.actor, agreement.state)
    decision = approve(
        agreement.state, partner=partner, text_hash=command.text_hash, by=context.actor.person, now=context.now
    )
    if decision.state.state != IN_EFFECT:
        return agreements.save(agreement, decision, context)

    def both(within: Transaction) -> Receipt:
        ledgers.open(opened(decision.state), within)
        return agreements.save(agreement, decision, context, within)

    return agreements.atomically(both)
