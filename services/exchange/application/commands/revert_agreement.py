"""An earlier text of an agreement is to stand again."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement import Making
from services.exchange.domain.agreement_amending import revert
from services.exchange.domain.permissions.agreements import may_change_agreement


class RevertAgreement(Change):
    """The number of the text to go back to, and why."""

    agreement_id: AgreementId
    to_text: Annotated[int, Field(ge=1, le=1000, strict=True)]
    reason: FullParagraph


def revert_agreement(command: RevertAgreement, context: Context, agreements: Agreements, quota: Quota) -> Receipt:
    """Lays the earlier text before the partners as a new one, or withdraws what waits to replace the one in force."""
    agreement = agreements.load(command.agreement_id)
    if answer := agreement.answered(context):
        return answer
    may_change_agreement(context.actor, agreement.state, "revert_agreement")
    made = Making(context.actor.person, context.now, command.reason)
    decision = revert(agreement.state, command.to_text, made)
    quota.must_allow(decision.state, context)
    return agreements.save(agreement, decision, context)
