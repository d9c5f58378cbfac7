"""A partner approves a text of an agreement."""

from dataclasses import replace
from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement import IN_EFFECT
from services.exchange.domain.agreement_approving import approve
from services.exchange.domain.agreement_ending import timed
from services.exchange.domain.permissions.agreements import partner_approving


class ApproveAgreement(Change):
    """The approval of exactly the text with this hash."""

    agreement_id: AgreementId
    text_hash: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


def approve_agreement(command: ApproveAgreement, context: Context, agreements: Agreements, quota: Quota) -> Receipt:
    """Notes the approval; the last one puts the text into force, and its quota ledgers follow in the same write."""
    agreement = agreements.load(command.agreement_id)
    if answer := agreement.answered(context):
        return answer
    partner = partner_approving(context.actor, agreement.state)
    decision = approve(
        agreement.state, partner=partner, text_hash=command.text_hash, by=context.actor.person, now=context.now
    )
    in_force = decision.state
    if in_force.state != IN_EFFECT or in_force.waiting:
        return agreements.save(agreement, decision, context)
    in_force = timed(in_force, quota.zones(in_force.partners))
    return quota.save(agreement, replace(decision, state=in_force), context)
